import {
  ImpetusError,
  type LoadedModel,
  type LoadStage,
  type ModelEntry,
  type RunnerEvent,
  type RunnerMessage,
} from '@impetus/contracts';
import { Activity } from './activity.ts';
import { describeExit, lostWhileLoading, lostWithRunner } from './crash.ts';
import type { Launch } from '../launches/launch.ts';
import { endsRequest, toCommand, type Request } from '../queue/request.ts';
import type { RunnerExit, RunnerProcess, SpawnRunner } from './runner-process.ts';

/** How much of a load each stage takes, roughly, so that one bar can show it all. */
const stageShares: readonly [LoadStage, number][] = [
  ['process', 0.1],
  ['weights', 0.8],
  ['context', 0.1],
];

/** One life of one runner process: from its start to its end, with the requests that run on it. */
export class Runner {
  /** Resolves once the model answers; rejects with an ImpetusError that says why it never will. */
  readonly ready: Promise<LoadedModel>;
  /** Resolves when the process is gone, with what that means for a request that was on it. */
  readonly exited: Promise<ImpetusError>;
  readonly #entry: ModelEntry;
  readonly #process: RunnerProcess;
  readonly #onChange: () => void;
  readonly #active = new Map<string, Request>();
  readonly #activity = new Activity();
  readonly #ready = Promise.withResolvers<LoadedModel>();
  readonly #exited = Promise.withResolvers<ImpetusError>();
  #idle = Promise.withResolvers<void>();
  #model: LoadedModel | null = null;
  #stage: LoadStage = 'process';
  #progress = 0;
  #residentBytes: number | null = null;
  #stopping = false;

  /** `onChange` is called whenever anything that a screen shows, or a free sequence, may have changed. */
  constructor(entry: ModelEntry, launch: Launch, spawn: SpawnRunner, onChange: () => void) {
    this.#entry = entry;
    this.#onChange = onChange;
    this.ready = this.#ready.promise;
    this.exited = this.#exited.promise;
    this.ready.catch(() => {});
    this.#process = spawn({
      onMessage: (message) => this.#hear(message),
      onExit: (exit) => this.#end(exit),
    });
    const { settings, promptCache } = launch;
    this.#process.send({ type: 'load', modelPath: entry.path, settings, promptCache });
  }

  get pid(): number | null {
    return this.#process.pid;
  }

  get model(): LoadedModel | null {
    return this.#model;
  }

  get stage(): LoadStage {
    return this.#stage;
  }

  /** Of the load, from 0 to 1; it only rises. */
  get progress(): number {
    return this.#progress;
  }

  get residentBytes(): number | null {
    return this.#residentBytes;
  }

  get activity(): Activity {
    return this.#activity;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  get active(): number {
    return this.#active.size;
  }

  get freePlaces(): number {
    if (this.#stopping || this.#model === null) return 0;
    let places = this.#model.sequences;
    for (const { work } of this.#active.values()) if (work.type !== 'ask') places -= 1;
    return places;
  }

  /** Questions that take no sequence can be asked, however busy it is. */
  get answersQuestions(): boolean {
    return !this.#stopping && this.#model !== null;
  }

  start(request: Request): void {
    this.#active.set(request.id, request);
    this.#process.send(toCommand(request));
  }

  /** The request keeps its place until the runner has let go of the sequence. False: it does not run here. */
  abort(requestId: string): boolean {
    if (!this.#active.has(requestId)) return false;
    this.#process.send({ type: 'abort', requestId });
    return true;
  }

  /** Ends every request that runs, each with `reason`; the model stays. Answers how many there were. */
  abortAll(reason: ImpetusError): number {
    const requests = [...this.#active.values()];
    for (const request of requests) {
      this.abort(request.id);
      request.onFailure(reason);
    }
    return requests.length;
  }

  /** Lets running requests finish, or ends them with `reason`; then ends the process. */
  async stop(reason: ImpetusError, now: boolean): Promise<void> {
    this.#stopping = true;
    this.#onChange();
    if (now) this.#failActive(reason);
    else if (this.#active.size > 0) await Promise.race([this.#idle.promise, this.exited]);
    this.#ready.reject(reason);
    await this.#process.stop();
    await this.exited;
  }

  #hear(message: RunnerMessage): void {
    switch (message.type) {
      case 'load-progress':
        this.#stage = message.stage;
        this.#progress = overallProgress(message.stage, message.fraction);
        break;
      case 'loaded':
        this.#model = message.model;
        this.#ready.resolve(message.model);
        break;
      case 'load-failed':
        this.#ready.reject(ImpetusError.fromWire(message.error));
        void this.#process.stop();
        break;
      case 'memory':
        this.#residentBytes = message.residentBytes;
        break;
      case 'events':
        for (const { requestId, event } of message.events) this.#deliver(requestId, event);
        break;
      case 'prepared':
      case 'estimated':
      case 'estimate-failed':
        return;
    }
    this.#onChange();
  }

  #deliver(requestId: string, event: RunnerEvent): void {
    const request = this.#active.get(requestId);
    this.#activity.note(requestId, event, performance.now());
    if (endsRequest(event)) this.#leave(requestId);
    if (event.kind === 'error') request?.onFailure(ImpetusError.fromWire(event.error));
    else request?.onEvent(event);
  }

  #leave(requestId: string): void {
    this.#active.delete(requestId);
    if (this.#active.size > 0) return;
    this.#idle.resolve();
    this.#idle = Promise.withResolvers();
  }

  #end(exit: RunnerExit): void {
    const lost = this.#model === null ? lostWhileLoading : lostWithRunner;
    const error = lost(this.#entry.name, describeExit(exit));
    this.#ready.reject(error);
    this.#failActive(error);
    this.#exited.resolve(error);
  }

  #failActive(error: ImpetusError): void {
    const requests = [...this.#active.values()];
    for (const { id } of requests) this.#leave(id);
    for (const request of requests) request.onFailure(error);
  }
}

function overallProgress(stage: LoadStage, fraction: number): number {
  let before = 0;
  for (const [name, share] of stageShares) {
    if (name === stage) return before + share * fraction;
    before += share;
  }
  return before;
}
