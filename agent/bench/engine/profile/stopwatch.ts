import { percentile } from '../../statistics.ts';

/** Times what is done over and over; in milliseconds. */
export class Stopwatch {
  #values: number[] = [];

  add(milliseconds: number): void {
    this.#values.push(milliseconds);
  }

  /** What was noted so far was a warm-up. */
  reset(): void {
    this.#values = [];
  }

  /** The lower quartile: on a machine that does other things too, the half above it is mostly theirs. */
  typical(): number {
    return percentile(this.#values, 0.25);
  }

  /** Calls and times it, up to the end of a promise where it answers one. */
  time<T>(call: () => T): T {
    const startedAt = performance.now();
    const result = call();
    if (!(result instanceof Promise)) {
      this.add(performance.now() - startedAt);
      return result;
    }
    return result.finally(() => this.add(performance.now() - startedAt)) as T;
  }
}
