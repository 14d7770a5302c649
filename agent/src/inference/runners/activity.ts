import type { RunnerEvent } from '@impetus/contracts';

/** The window over which speed is measured, in milliseconds. */
const windowMs = 1_000;

/** What a runner is busy with, as screens show it: how fast it writes, how far it has read. */
export class Activity {
  readonly #written: { at: number; tokens: number }[] = [];
  readonly #reading = new Map<string, number>();

  /** `now`: milliseconds of a steady clock. */
  note(requestId: string, event: RunnerEvent, now: number): void {
    if (event.kind === 'prefill' && event.evaluated < event.total) {
      this.#reading.set(requestId, event.evaluated / event.total);
    } else {
      this.#reading.delete(requestId);
    }
    if (event.kind === 'delta' && event.tokens > 0) this.#written.push({ at: now, tokens: event.tokens });
  }

  forget(requestId: string): void {
    this.#reading.delete(requestId);
  }

  clear(): void {
    this.#reading.clear();
    this.#written.length = 0;
  }

  /** Tokens per second over the last second, all sequences together; null when nothing was written in it. */
  tokensPerSecond(now: number): number | null {
    while (this.#written[0] !== undefined && this.#written[0].at <= now - windowMs) this.#written.shift();
    const [first] = this.#written;
    if (first === undefined) return null;
    const tokens = this.#written.reduce((sum, entry) => sum + entry.tokens, 0);
    const elapsed = Math.max(now - first.at, 100);
    return Math.round((tokens / elapsed) * 10_000) / 10;
  }

  /** The fraction of the prompt that is furthest from being read. */
  prefill(): number | null {
    return this.#reading.size === 0 ? null : Math.min(...this.#reading.values());
  }
}
