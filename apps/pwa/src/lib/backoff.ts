const firstMs = 400;
const longestMs = 5_000;

/** How long to wait before the given retry (0 is the first try, which waits for nothing). */
export function backoff(attempt: number, random = Math.random()): number {
  if (attempt === 0) return 0;
  const delay = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  // Spread out, so that a house full of devices does not come back in one instant.
  return delay * (0.8 + 0.4 * random);
}

/** A wait between tries that can be cut short when there is reason to believe that the next one succeeds. */
export class RetryGate {
  #attempt = 0;
  #open: (() => void) | undefined;

  async wait(): Promise<void> {
    const delay = backoff(this.#attempt);
    this.#attempt += 1;
    if (delay === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#open = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#open = undefined;
  }

  /** Ends the wait that is under way. */
  hurry(): void {
    this.#attempt = 0;
    this.#open?.();
  }

  /** The last try succeeded: the next one after a loss begins without a wait. */
  succeeded(): void {
    this.#attempt = 0;
  }
}
