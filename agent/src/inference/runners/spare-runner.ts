import { randomUUID } from 'node:crypto';
import {
  ImpetusError,
  type MemoryEstimate,
  type RunnerMessage,
  type RunnerSettings,
} from '@impetus/contracts';
import type { Log } from '../../log/types.ts';
import { describeExit } from './crash.ts';
import type { RunnerExit, RunnerListener, RunnerProcess, SpawnRunner } from './runner-process.ts';

export interface SpareRunnerOptions {
  readonly spawn: SpawnRunner;
  readonly gpu: RunnerSettings['gpu'];
  readonly threads: number;
  readonly log: Log;
  /** Whether there is to be one at all; asked each time. */
  readonly enabled: () => boolean;
}

/** A spare is for later: whatever the computer was asked for just now, a start or a load, goes first. */
const restMs = 3_000;

/** How long an estimate may take before its runner counts as stuck. */
const estimateMs = 30_000;

/** The wait before a spare that died is replaced; it doubles with each death in a row. */
const firstBackOffMs = 1_000;
const longestBackOffMs = 60_000;

/**
 * Keeps one empty runner ready: its library is imported and open, so that a load that takes it need not wait for
 * either. Until then it answers what models would take, where a file that ends its process harms nobody.
 */
export class SpareRunner implements AsyncDisposable {
  readonly #options: SpareRunnerOptions;
  #spare: EmptyRunner | null = null;
  #deaths = 0;
  #later: NodeJS.Timeout | null = null;
  /** A dead one is not replaced before its time, whoever asks. */
  #backingOff = false;
  #closed = false;

  constructor(options: SpareRunnerOptions) {
    this.#options = options;
  }

  /** Whether there is a spare, or will be as soon as it is asked. */
  get answers(): boolean {
    return this.#options.enabled() && !this.#closed && !this.#backingOff;
  }

  /** Starts one when the computer has had time for more urgent things. */
  startSoon(): void {
    if (this.#spare === null && !this.#backingOff) this.#startIn(restMs);
  }

  /** Starts one unless there is one, or none is to be. */
  start(): void {
    if (this.#closed || !this.#options.enabled() || this.#spare !== null || this.#backingOff) return;
    this.#cancelStart();
    const { spawn, gpu, threads } = this.#options;
    const spare = new EmptyRunner(spawn, (exit) => this.#lost(spare, exit));
    this.#spare = spare;
    spare.prepare(gpu, threads);
  }

  /** Gives the spare away, as a way to start a runner; null where there is none that fits. */
  take(gpu: RunnerSettings['gpu']): SpawnRunner | null {
    const spare = this.#spare;
    if (spare?.alive !== true || gpu !== this.#options.gpu) return null;
    this.#spare = null;
    this.#deaths = 0;
    this.startSoon();
    return (listener) => spare.handOver(listener);
  }

  /** Throws where there is no spare, or where it could not tell. */
  async estimate(modelPath: string, settings: RunnerSettings): Promise<MemoryEstimate> {
    this.start();
    const spare = this.#spare;
    if (spare === null) throw new ImpetusError('runner_failed', 'There is no empty runner.');
    return spare.estimate(modelPath, settings);
  }

  /** Whether there is to be a spare may have changed. */
  async follow(): Promise<void> {
    if (this.#options.enabled()) this.start();
    else await this.#end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#cancelStart();
    this.#backingOff = false;
    const spare = this.#spare;
    this.#spare = null;
    await spare?.stop();
  }

  #lost(spare: EmptyRunner, exit: RunnerExit): void {
    if (this.#spare !== spare) return;
    this.#spare = null;
    this.#options.log.warn({ pid: spare.pid, exit: describeExit(exit) }, 'empty runner ended');
    const wait = Math.min(firstBackOffMs * 2 ** this.#deaths, longestBackOffMs);
    this.#deaths += 1;
    this.#backingOff = true;
    this.#startIn(wait);
  }

  #startIn(waitMs: number): void {
    this.#cancelStart();
    this.#later = setTimeout(() => {
      this.#backingOff = false;
      this.start();
    }, waitMs).unref();
  }

  #cancelStart(): void {
    if (this.#later !== null) clearTimeout(this.#later);
    this.#later = null;
  }
}

/** A runner process without a model, until somebody takes it. */
class EmptyRunner {
  readonly #process: RunnerProcess;
  readonly #onLost: (exit: RunnerExit) => void;
  readonly #estimates = new Map<string, PromiseWithResolvers<MemoryEstimate>>();
  #owner: RunnerListener | null = null;

  /** `onLost` is called where it ends before anybody took it. */
  constructor(spawn: SpawnRunner, onLost: (exit: RunnerExit) => void) {
    this.#onLost = onLost;
    this.#process = spawn({
      onMessage: (message) => this.#hear(message),
      onExit: (exit) => this.#gone(exit),
    });
  }

  get pid(): number | null {
    return this.#process.pid;
  }

  get alive(): boolean {
    return this.#process.alive;
  }

  prepare(gpu: RunnerSettings['gpu'], threads: number): void {
    this.#process.send({ type: 'prepare', gpu, threads });
  }

  /** From now on the process speaks to `owner`, estimates that are still being made apart. */
  handOver(owner: RunnerListener): RunnerProcess {
    this.#owner = owner;
    return this.#process;
  }

  async estimate(modelPath: string, settings: RunnerSettings): Promise<MemoryEstimate> {
    const requestId = randomUUID();
    const answer = Promise.withResolvers<MemoryEstimate>();
    this.#estimates.set(requestId, answer);
    const late = setTimeout(() => {
      answer.reject(new ImpetusError('timeout', 'The estimate took too long.'));
      if (this.#owner === null) void this.stop();
    }, estimateMs);
    this.#process.send({ type: 'estimate', requestId, modelPath, settings });
    try {
      return await answer.promise;
    } finally {
      clearTimeout(late);
      this.#estimates.delete(requestId);
    }
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  #hear(message: RunnerMessage): void {
    switch (message.type) {
      case 'estimated':
        this.#estimates.get(message.requestId)?.resolve(message.estimate);
        break;
      case 'estimate-failed':
        this.#estimates.get(message.requestId)?.reject(ImpetusError.fromWire(message.error));
        break;
      default:
        this.#owner?.onMessage(message);
    }
  }

  #gone(exit: RunnerExit): void {
    for (const answer of this.#estimates.values()) {
      answer.reject(new ImpetusError('runner_failed', `The empty runner ended (${describeExit(exit)}).`));
    }
    if (this.#owner === null) this.#onLost(exit);
    else this.#owner.onExit(exit);
  }
}
