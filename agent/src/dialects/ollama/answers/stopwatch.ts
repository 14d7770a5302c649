import type { GenerationEvent } from '@impetus/contracts';
import type { Spent } from './format.ts';

/** Times one request: all of it, and the part in which its model was loaded. */
export class Stopwatch {
  readonly #startedAt = performance.now();
  #loadingSince: number | null = null;
  #loadMs = 0;

  /** Passes events on and takes the time that loading takes. */
  async *over(events: AsyncIterable<GenerationEvent>): AsyncGenerator<GenerationEvent, void> {
    for await (const event of events) {
      if (event.kind === 'loading') this.#loadingSince ??= performance.now();
      else if (event.kind !== 'queued') this.#loaded();
      yield event;
    }
  }

  get spent(): Spent {
    return { totalMs: performance.now() - this.#startedAt, loadMs: this.#loadMs };
  }

  #loaded(): void {
    if (this.#loadingSince === null) return;
    this.#loadMs = performance.now() - this.#loadingSince;
    this.#loadingSince = null;
  }
}
