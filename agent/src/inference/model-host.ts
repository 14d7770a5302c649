import {
  ImpetusError,
  toImpetusError,
  type ModelEntry,
  type RunnerSettings,
  type RunnerState,
  type RunnerStatus,
} from '@impetus/contracts';
import { failuresBeforeGivingUp, gaveUp } from './crash.ts';
import type { Request } from './request.ts';
import type { SpawnRunner } from './runner-process.ts';
import { Runner } from './runner.ts';

export interface ModelHostOptions {
  readonly entry: ModelEntry;
  readonly settings: RunnerSettings;
  readonly spawn: SpawnRunner;
  /** Told whenever the status may have changed. */
  readonly onChange: () => void;
  /** Told of each load and of each failure. */
  readonly onLoaded: (runner: Runner) => void;
  readonly onFailure: (error: ImpetusError) => void;
}

/** Requests that may wait for one model. */
const longestQueue = 256;

/**
 * One model, across the lives of its runners: starts one when it is needed, hands it as many requests as it has
 * sequences and keeps the others in line.
 */
export class ModelHost {
  readonly #options: ModelHostOptions;
  #queue: Request[] = [];
  #runner: Runner | null = null;
  #readyAt: string | null = null;
  /** In a row; a request that was answered ends the row. */
  #failures = 0;
  #lastFailure: ImpetusError | null = null;

  constructor(options: ModelHostOptions) {
    this.#options = options;
  }

  /** Resolves when the model is ready; joins a start that is under way. The owner's wish forgets past failures. */
  async load(): Promise<void> {
    while (this.#runner?.stopping === true) await this.#runner.exited;
    if (this.#runner === null) this.#failures = 0;
    const runner = this.#runner ?? this.#start();
    await runner.ready;
  }

  /** Puts a request in line; it hears of everything that follows, a refusal included. */
  submit(request: Request): void {
    const refusal = this.#refusal();
    if (refusal !== null) {
      request.onFailure(refusal);
      return;
    }
    this.#queue.push(request);
    this.#advance();
    this.#tellWaiting();
  }

  /** Takes a request out of the line or off the runner; its client has gone. */
  cancel(requestId: string): void {
    if (this.#runner?.abort(requestId) === true) return;
    this.#queue = this.#queue.filter(({ id }) => id !== requestId);
    this.#tellWaiting();
  }

  /** Ends those who wait with `reason`, lets running requests finish (or ends them too), frees the memory. */
  async unload(reason: ImpetusError, now: boolean): Promise<void> {
    this.#failWaiting(reason);
    this.#lastFailure = null;
    await this.#runner?.stop(reason, now);
    this.#options.onChange();
  }

  /** `now`: milliseconds of a steady clock. */
  status(now: number): RunnerStatus {
    const runner = this.#runner;
    const state = this.#state();
    return {
      modelId: this.#options.entry.id,
      state,
      stage: state === 'starting' ? (runner?.stage ?? null) : null,
      progress: state === 'starting' ? (runner?.progress ?? 0) : null,
      contextSize: runner?.model?.contextSize ?? null,
      sequences: runner?.model?.sequences ?? null,
      active: runner?.active ?? 0,
      queued: this.#queue.length,
      tokensPerSecond: runner?.activity.tokensPerSecond(now) ?? null,
      prefill: runner?.activity.prefill() ?? null,
      residentBytes: runner?.residentBytes ?? null,
      pid: runner?.pid ?? null,
      gpu: runner?.model?.gpu ?? null,
      readyAt: this.#readyAt,
      error: this.#lastFailure?.toWire() ?? null,
    };
  }

  #state(): RunnerState {
    if (this.#runner === null) return this.#lastFailure === null ? 'stopped' : 'failed';
    if (this.#runner.stopping) return 'stopping';
    return this.#runner.model === null ? 'starting' : 'ready';
  }

  #refusal(): ImpetusError | null {
    const { name } = this.#options.entry;
    if (this.#failures >= failuresBeforeGivingUp) {
      return gaveUp(name, this.#failures, this.#lastFailure?.message ?? 'unknown');
    }
    if (this.#queue.length < longestQueue) return null;
    return new ImpetusError(
      'queue_full',
      `${longestQueue} requests wait for ${name} already. Try again in a moment.`,
      { retryAfterSeconds: 5 },
    );
  }

  /** The one place that decides what happens next: start a runner, hand out work, or wait. */
  #advance(): void {
    if (this.#queue.length === 0) return;
    if (this.#runner === null) {
      this.#start();
      return;
    }
    while (this.#runner.freePlaces > 0) {
      const request = this.#queue.shift();
      if (request === undefined) return;
      this.#runner.start(this.#counted(request));
    }
  }

  #start(): Runner {
    const { entry, settings, spawn } = this.#options;
    const runner = new Runner(entry, settings, spawn, () => this.#changed());
    this.#runner = runner;
    this.#lastFailure = null;
    void this.#follow(runner);
    this.#changed();
    return runner;
  }

  /** One runner from its start to its end, and what its end means for those who wait. */
  async #follow(runner: Runner): Promise<void> {
    try {
      await runner.ready;
      this.#readyAt = new Date().toISOString();
      this.#options.onLoaded(runner);
      this.#changed();
    } catch (error) {
      if (!runner.stopping) this.#failWaiting(this.#failed(toImpetusError(error)));
    }
    const lost = await runner.exited;
    this.#runner = null;
    this.#readyAt = null;
    if (!runner.stopping && runner.model !== null) this.#crashed(lost);
    this.#advance();
    this.#options.onChange();
  }

  /** Those who wait get a new runner, unless it keeps failing. */
  #crashed(error: ImpetusError): void {
    this.#failed(error);
    if (this.#failures < failuresBeforeGivingUp) return;
    this.#failWaiting(gaveUp(this.#options.entry.name, this.#failures, error.message));
  }

  #failed(error: ImpetusError): ImpetusError {
    this.#failures += 1;
    this.#lastFailure = error;
    this.#options.onFailure(error);
    return error;
  }

  #changed(): void {
    this.#advance();
    this.#tellWaiting();
    this.#options.onChange();
  }

  #tellWaiting(): void {
    const runner = this.#runner;
    const loading = runner !== null && runner.model === null;
    this.#queue.forEach((request, index) => {
      if (loading) request.onLoading(runner.progress);
      else request.onQueued(index + 1);
    });
  }

  #failWaiting(error: ImpetusError): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (const request of waiting) request.onFailure(error);
  }

  /** The same request; its answer ends the row of failures. */
  #counted(request: Request): Request {
    return {
      ...request,
      onEvent: (event) => {
        if (event.kind === 'end' || event.kind === 'embedded') this.#failures = 0;
        request.onEvent(event);
      },
    };
  }
}
