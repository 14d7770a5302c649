import { randomBytes } from 'node:crypto';
import type { Snapshot } from '@impetus/contracts';
import type { EventBus } from './bus.ts';
import type { FeedItem, PublishedEvent, StateFeed } from './types.ts';
import { WakeUp } from './wake-up.ts';

export interface StateFeedOptions {
  readonly snapshot: () => Snapshot;
  readonly bus: EventBus;
  /** How many events a returning or slow reader may be behind. */
  readonly capacity?: number;
}

/**
 * The state feed over a ring of the last events. Every reader is a cursor into the ring, so a slow one costs
 * no memory, and nothing can fall between what is replayed and what is live.
 */
export class RingStateFeed implements StateFeed {
  readonly #snapshot: () => Snapshot;
  readonly #bus: EventBus;
  readonly #capacity: number;
  /** Numbers count from 1 in each run of the agent; the boot tells the runs apart. */
  readonly #boot = randomBytes(4).toString('hex');
  readonly #events = new Map<number, PublishedEvent>();
  readonly #published = new WakeUp();
  #last = 0;
  #watchers = 0;

  constructor({ snapshot, bus, capacity = 1000 }: StateFeedOptions) {
    this.#snapshot = snapshot;
    this.#bus = bus;
    this.#capacity = capacity;
  }

  publish(event: PublishedEvent): void {
    this.#last += 1;
    this.#events.set(this.#last, event);
    this.#events.delete(this.#last - this.#capacity);
    this.#published.raise();
  }

  async *subscribe(lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<FeedItem> {
    this.#count(1);
    try {
      let position = this.#positionOf(lastEventId);
      while (!signal.aborted) {
        if (position === null || position < this.#last - this.#capacity) {
          position = this.#last;
          yield this.#item(position, { type: 'snapshot', ...this.#snapshot() });
        } else if (position < this.#last) {
          position += 1;
          yield this.#item(position, this.#events.get(position) as PublishedEvent);
        } else {
          await this.#published.wait(signal);
        }
      }
    } finally {
      this.#count(-1);
    }
  }

  #item(position: number, event: FeedItem['event']): FeedItem {
    return { id: `${this.#boot}-${position}`, event };
  }

  /** The place after which a reader goes on; null where only a snapshot will do. */
  #positionOf(lastEventId: string | undefined): number | null {
    const [boot, number] = lastEventId?.split('-') ?? [];
    const position = Number(number);
    if (boot !== this.#boot || !Number.isInteger(position)) return null;
    return position >= 0 && position <= this.#last ? position : null;
  }

  #count(change: number): void {
    this.#watchers += change;
    this.#bus.emit('state-watchers', { count: this.#watchers });
  }
}
