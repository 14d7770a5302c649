/** Wakes those who wait for something to have changed; what changed, they look up themselves. */
export class WakeUp {
  readonly #waiting = new Set<() => void>();

  raise(): void {
    this.#waiting.forEach((wake) => wake());
  }

  /** Resolves at the next `raise`, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
