import type { MemoryBudget, MemorySample, RunnerStatus } from '@impetus/contracts';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import { systemMemory, type SystemMemory } from '../platform/system-memory.ts';

const intervalMs = 2000;

export interface MemorySamplerOptions {
  readonly feed: StateFeed;
  readonly bus: EventBus;
  readonly runners: () => readonly RunnerStatus[];
  /** What models may take together. */
  readonly budget: () => MemoryBudget;
}

/** Samples the memory when asked, and every two seconds while somebody watches. */
export class MemorySampler implements Disposable {
  readonly #feed: StateFeed;
  readonly #runners: () => readonly RunnerStatus[];
  readonly #budget: () => MemoryBudget;
  readonly #listening: Disposable;
  #timer: NodeJS.Timeout | undefined;
  #last: MemorySample;

  private constructor({ feed, bus, runners, budget }: MemorySamplerOptions, memory: SystemMemory) {
    this.#feed = feed;
    this.#runners = runners;
    this.#budget = budget;
    this.#last = this.#toSample(memory);
    this.#listening = bus.on('state-watchers', ({ count }) => (count > 0 ? this.#start() : this.#stop()));
  }

  static async open(options: MemorySamplerOptions): Promise<MemorySampler> {
    return new MemorySampler(options, await systemMemory());
  }

  /** As it was when last sampled. */
  get last(): MemorySample {
    return this.#last;
  }

  async sample(): Promise<MemorySample> {
    this.#last = this.#toSample(await systemMemory());
    return this.#last;
  }

  #toSample(memory: SystemMemory): MemorySample {
    return {
      ...memory,
      agentResidentBytes: process.memoryUsage.rss(),
      runnersResidentBytes: this.#runners().reduce((sum, runner) => sum + (runner.residentBytes ?? 0), 0),
      sampledAt: new Date().toISOString(),
      budget: this.#budget(),
    };
  }

  #start(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => void this.#publish(), intervalMs).unref();
    void this.#publish();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #publish(): Promise<void> {
    this.#feed.publish({ type: 'memory', memory: await this.sample() });
  }

  [Symbol.dispose](): void {
    this.#stop();
    this.#listening[Symbol.dispose]();
  }
}
