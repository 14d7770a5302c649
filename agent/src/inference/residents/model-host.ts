import {
  ImpetusError,
  toImpetusError,
  type IdleUnload,
  type ModelEntry,
  type RunnerStatus,
} from '@impetus/contracts';
import { FairQueue } from '../queue/fair-queue.ts';
import { contextWish } from './context-wish.ts';
import { FailureRow } from './failure-row.ts';
import { hostStatus, phaseOf, stateOf, type HostFacts, type HostPhase } from './host-status.ts';
import { unloadDueAt } from './idle.ts';
import type { Launch } from '../launches/launch.ts';
import { endsRequest, type Request } from '../queue/request.ts';
import type { SpawnRunner } from '../runners/runner-process.ts';
import { Runner } from '../runners/runner.ts';

export interface ModelHostOptions {
  /** As the catalogue has it now. */
  readonly entry: () => ModelEntry;
  /** Requests that may wait for one model. */
  readonly queueLength: () => number;
  readonly idleUnload: () => IdleUnload;
  readonly pinned: () => boolean;
  /** How large clients may have its context, in tokens; 0: it is not theirs to choose. */
  readonly largestContext: () => number;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
  /** Told whenever the status may have changed. */
  readonly onChange: () => void;
  /** Told of each load and of each failure. */
  readonly onLoaded: (runner: Runner) => void;
  readonly onFailure: (error: ImpetusError) => void;
}

/** A load that somebody waits for. */
interface Wish extends PromiseWithResolvers<void> {
  readonly since: number;
}

/** What decisions about memory need to know of a model. */
export interface HostSituation {
  readonly phase: HostPhase;
  /** Requests run on it. */
  readonly active: boolean;
  /** Since when it is wanted and has no runner; null: it is not. */
  readonly wantedSince: number | null;
}

/**
 * One model, across the lives of its runners: wants one when it is needed, hands it as many requests as it has
 * sequences and keeps the others in line. Whether and when it gets its runner is decided elsewhere.
 */
export class ModelHost {
  readonly #options: ModelHostOptions;
  readonly #queue = new FairQueue<Request>();
  readonly #failures = new FailureRow();
  #wish: Wish | null = null;
  #runner: Runner | null = null;
  #launch: Launch | null = null;
  #readyAt: string | null = null;
  /** When a request last began, or the last one that ran ended. */
  #lastUsedAt = 0;
  #wasActive = false;
  /** Whether a request used the runner that lives. */
  #used = false;
  #keepAlive: IdleUnload | null = null;
  /** The context that clients asked for, and what of it the runner that lives was started with. */
  #contextWish = 0;
  #wishAtStart = 0;
  #waitsFor: readonly string[] = [];
  /** Requests that came later than this wait for the model's next turn. */
  #yieldsSince: number | null = null;

  constructor(options: ModelHostOptions) {
    this.#options = options;
  }

  get entry(): ModelEntry {
    return this.#options.entry();
  }

  get situation(): HostSituation {
    return {
      phase: phaseOf(this.#runner),
      active: (this.#runner?.active ?? 0) > 0,
      wantedSince: this.#runner === null ? this.#wantedSince() : null,
    };
  }

  get lastUsedAt(): number {
    return this.#lastUsedAt;
  }

  get pinned(): boolean {
    return this.#options.pinned();
  }

  /** How its runner was started; null without a runner. */
  get launch(): Launch | null {
    return this.#runner === null ? null : this.#launch;
  }

  /** The context that its clients asked for, in tokens; 0: none. */
  get contextWish(): number {
    return this.#contextWish;
  }

  /** What its runner holds, as it tells itself. In bytes. */
  get residentBytes(): number | null {
    return this.#runner?.residentBytes ?? null;
  }

  /** When it is to be unloaded, on the steady clock; null: not by itself, or not while it works. */
  get unloadDueAt(): number | null {
    const idle = phaseOf(this.#runner) === 'ready' && this.#runner?.active === 0 && this.#queue.size === 0;
    if (!idle || this.pinned) return null;
    const idleUnload = this.#keepAlive ?? this.#options.idleUnload();
    return unloadDueAt({ idleUnload, since: this.#lastUsedAt, used: this.#used });
  }

  /** Resolves when the model is ready; joins a load that is under way. The owner's wish forgets past failures. */
  async load(): Promise<void> {
    while (this.#runner?.stopping === true) await this.#runner.exited;
    if (this.#runner !== null) {
      await this.#runner.ready;
      return;
    }
    this.#failures.end();
    this.#wish ??= { ...Promise.withResolvers<void>(), since: this.#options.now() };
    const { promise } = this.#wish;
    this.#changed();
    await promise;
  }

  /** Puts a request in line; it hears of everything that follows, a refusal included. */
  submit(request: Request): void {
    const refusal = this.#refusal();
    if (refusal !== null) {
      request.onFailure(refusal);
      return;
    }
    if (request.work.type === 'ask' && this.#runner?.answersQuestions === true) {
      // A question that says nothing of it leaves what the last request said.
      this.#keepAlive = request.keepAlive ?? this.#keepAlive;
      this.#runner.start(request);
      return;
    }
    this.#queue.push(request);
    this.#keepAlive = request.keepAlive;
    this.#growFor(request.contextSize ?? 0);
    this.#advance();
    this.#tellWaiting();
    this.#options.onChange();
  }

  /** Takes a request out of the line or off the runner; its client has gone. */
  cancel(requestId: string): void {
    if (this.#runner?.abort(requestId) === true) return;
    if (this.#queue.remove(requestId) === undefined) return;
    this.#tellWaiting();
    this.#options.onChange();
  }

  /** Ends every request that runs or waits with `reason`; the model stays. Answers how many there were. */
  stopRequests(reason: ImpetusError): number {
    const waiting = this.#queue.clear();
    for (const request of waiting) request.onFailure(reason);
    const running = this.#runner?.abortAll(reason) ?? 0;
    this.#options.onChange();
    return waiting.length + running;
  }

  /** Ends those who wait with `reason`, lets running requests finish (or ends them too), frees the memory. */
  async unload(reason: ImpetusError, now: boolean): Promise<void> {
    this.#failWaiting(reason);
    this.#failures.settle();
    await this.#runner?.stop(reason, now);
    this.#options.onChange();
  }

  /** Frees the memory once running requests are done. Those who wait go on waiting, for the next runner. */
  evict(): void {
    const reason = new ImpetusError('cancelled', `${this.entry.name} was unloaded.`);
    void this.#runner?.stop(reason, false);
  }

  /** The model gets its runner. Only where it has none. */
  start(launch: Launch, spawn: SpawnRunner): void {
    this.#waitsFor = [];
    this.#yieldsSince = null;
    this.#failures.settle();
    this.#used = false;
    if (this.#queue.size === 0) this.#keepAlive = null;
    this.#launch = launch;
    this.#wishAtStart = this.#contextWish;
    this.#lastUsedAt = this.#options.now();
    const runner = new Runner(this.entry, launch, spawn, () => this.#changed());
    this.#runner = runner;
    void this.#follow(runner);
    this.#changed();
  }

  /** The model cannot be loaded now: everybody who wanted it hears why. */
  refuse(error: ImpetusError): void {
    this.#waitsFor = [];
    this.#failures.refuse(error);
    this.#options.onFailure(error);
    this.#failWaiting(error);
    this.#options.onChange();
  }

  /** It is wanted and has to wait until the models of these names have finished. */
  waitFor(names: readonly string[]): void {
    if (names.join('\n') === this.#waitsFor.join('\n')) return;
    this.#waitsFor = names;
    this.#tellWaiting();
    this.#options.onChange();
  }

  /** Takes no requests that came after `since`, because another model waits for its memory; null: takes all. */
  yieldSince(since: number | null): void {
    if (since === this.#yieldsSince) return;
    this.#yieldsSince = since;
    if (this.#advance()) this.#tellWaiting();
  }

  status(): RunnerStatus {
    return hostStatus(this.#facts(), this.#options.now());
  }

  #facts(): HostFacts {
    return {
      entry: this.entry,
      runner: this.#runner,
      launch: this.launch,
      wanted: this.#wantedSince() !== null,
      queued: this.#queue.size,
      readyAt: this.#readyAt,
      lastFailure: this.#failures.last,
      pinned: this.pinned,
      unloadsAt: this.#wallClock(this.unloadDueAt),
      waitsFor: this.#waitsFor,
    };
  }

  #wantedSince(): number | null {
    const since = [...this.#queue.inOrder().map(({ arrivedAt }) => arrivedAt), this.#wish?.since ?? Infinity];
    const first = Math.min(...since);
    return first === Infinity ? null : first;
  }

  #wallClock(steady: number | null): string | null {
    if (steady === null) return null;
    return new Date(Date.now() + steady - this.#options.now()).toISOString();
  }

  #refusal(): ImpetusError | null {
    const { name } = this.entry;
    const givenUp = this.#failures.givenUp(name);
    if (givenUp !== null) return givenUp;
    const longest = this.#options.queueLength();
    if (this.#queue.size < longest) return null;
    return new ImpetusError(
      'queue_full',
      `${longest} requests wait for ${name} already. Try again in a moment.`,
      { retryAfterSeconds: 5 },
    );
  }

  /** A larger context needs another runner. It is given up for that while it is idle, and once for each step. */
  #growFor(asked: number): void {
    const largest = this.#options.largestContext();
    this.#contextWish = contextWish({ asked, before: this.#contextWish, largest });
    const held = this.#runner?.model?.contextSize ?? Infinity;
    const isIdle = phaseOf(this.#runner) === 'ready' && this.#runner?.active === 0;
    if (isIdle && asked > held && this.#contextWish > Math.max(held, this.#wishAtStart)) this.evict();
  }

  /** Hands out work while there are free places. True: the line is shorter now. */
  #advance(): boolean {
    const runner = this.#runner;
    const before = this.#queue.size;
    if (runner === null || before === 0) return false;
    while (runner.freePlaces > 0) {
      const request = this.#queue.take(({ arrivedAt }) => arrivedAt <= (this.#yieldsSince ?? Infinity));
      if (request === undefined) break;
      this.#used = true;
      this.#lastUsedAt = this.#options.now();
      request.onAdmitted?.();
      runner.start(this.#counted(request));
    }
    return this.#queue.size < before;
  }

  /** One runner from its start to its end, and what its end means for those who wait. */
  async #follow(runner: Runner): Promise<void> {
    try {
      await runner.ready;
      this.#readyAt = new Date().toISOString();
      this.#lastUsedAt = this.#options.now();
      this.#wish?.resolve();
      this.#wish = null;
      this.#options.onLoaded(runner);
      this.#changed();
    } catch (error) {
      if (!runner.stopping) this.#failWaiting(this.#failed(toImpetusError(error)));
    }
    const lost = await runner.exited;
    this.#runner = null;
    this.#readyAt = null;
    this.#yieldsSince = null;
    if (this.#queue.size === 0) this.#contextWish = 0;
    if (!runner.stopping && runner.model !== null) this.#crashed(lost);
    this.#options.onChange();
  }

  /** Those who wait get a new runner, unless it keeps failing. */
  #crashed(error: ImpetusError): void {
    this.#failed(error);
    const givenUp = this.#failures.givenUp(this.entry.name);
    if (givenUp !== null) this.#failWaiting(givenUp);
  }

  #failed(error: ImpetusError): ImpetusError {
    this.#failures.add(error);
    this.#options.onFailure(error);
    return error;
  }

  /** The runner has news: a place may be free, the load may have gone on. */
  #changed(): void {
    const moved = this.#advance();
    const active = (this.#runner?.active ?? 0) > 0;
    if (this.#wasActive && !active) this.#lastUsedAt = this.#options.now();
    this.#wasActive = active;
    if (moved || phaseOf(this.#runner) === 'loading') this.#tellWaiting();
    this.#options.onChange();
  }

  #tellWaiting(): void {
    if (this.#queue.size === 0) return;
    const state = stateOf(this.#facts());
    this.#queue.inOrder().forEach((request, index) => {
      if (state === 'starting') request.onLoading(this.#runner?.progress ?? 0);
      else request.onQueued(index + 1);
    });
  }

  #failWaiting(error: ImpetusError): void {
    for (const request of this.#queue.clear()) request.onFailure(error);
    this.#wish?.reject(error);
    this.#wish = null;
  }

  /** The same request; its answer ends the row of failures. */
  #counted(request: Request): Request {
    return {
      ...request,
      onEvent: (event) => {
        if (endsRequest(event)) this.#failures.end();
        request.onEvent(event);
      },
    };
  }
}
