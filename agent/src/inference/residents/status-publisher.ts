import type { RunnerStatus } from '@impetus/contracts';
import type { StateFeed } from '../../events/types.ts';

/** Screens hear of progress at most this often; of a change of state at once. In milliseconds. */
const intervalMs = 250;

/** Tells screens what a runner does, without telling them more often than they can show. */
export class StatusPublisher implements Disposable {
  readonly #feed: StateFeed;
  readonly #read: () => RunnerStatus;
  #last: RunnerStatus | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(feed: StateFeed, read: () => RunnerStatus) {
    this.#feed = feed;
    this.#read = read;
  }

  /** Something may have changed. */
  touch(): void {
    const status = this.#read();
    if (status.state !== this.#last?.state) this.#publish(status);
    else this.#timer ??= setTimeout(() => this.#tick(), intervalMs);
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #tick(): void {
    this.#timer = null;
    const status = this.#read();
    if (!same(status, this.#last)) this.#publish(status);
    // The speed falls back to nothing by itself; no event comes to say so.
    if (status.tokensPerSecond !== null) this.#timer = setTimeout(() => this.#tick(), intervalMs);
  }

  #publish(status: RunnerStatus): void {
    this.#last = status;
    if (status.state === 'stopped') this.#feed.publish({ type: 'runner-gone', modelId: status.modelId });
    else this.#feed.publish({ type: 'runner', runner: status });
  }
}

function same(a: RunnerStatus, b: RunnerStatus | null): boolean {
  return b !== null && JSON.stringify(a) === JSON.stringify(b);
}
