import { setTimeout as sleep } from 'node:timers/promises';

/** Bursts of so long are allowed; the average keeps to the limit. */
const burstSeconds = 0.25;
/** A new limit is felt within this. */
const longestSleepMs = 250;

/** Bytes that all downloads together may take. Debts are allowed, so that whoever took too much waits, and nobody else. */
export class TokenBucket {
  readonly #limit: () => number | null;
  #tokens = 0;
  #at = performance.now();

  constructor(limit: () => number | null) {
    this.#limit = limit;
  }

  /** Resolves when the bytes, which have come already, are paid for; null where nothing is to be paid. */
  take(bytes: number, signal: AbortSignal): Promise<void> | null {
    if (this.#limit() === null) return null;
    this.#refill();
    this.#tokens -= bytes;
    return this.#tokens >= 0 ? null : this.#paid(signal);
  }

  async #paid(signal: AbortSignal): Promise<void> {
    for (;;) {
      const limit = this.#limit();
      if (limit === null) {
        this.#tokens = 0;
        return;
      }
      if (this.#tokens >= 0) return;
      await sleep(Math.min(longestSleepMs, (-this.#tokens / limit) * 1000), undefined, { signal });
      this.#refill();
    }
  }

  #refill(): void {
    const now = performance.now();
    const limit = this.#limit() ?? 0;
    this.#tokens = Math.min(limit * burstSeconds, this.#tokens + ((now - this.#at) / 1000) * limit);
    this.#at = now;
  }
}
