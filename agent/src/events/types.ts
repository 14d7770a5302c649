import type { StateEvent } from '@impetus/contracts';

/** What services report; snapshots are the feed's own. */
export type PublishedEvent = Exclude<StateEvent, { type: 'snapshot' }>;

/** An event with the id that a screen names when it comes back. */
export interface FeedItem {
  readonly id: string;
  readonly event: StateEvent;
}

/** What every screen shows, as a sequence of events that survives a lost connection. */
export interface StateFeed {
  publish(event: PublishedEvent): void;
  /**
   * What came after `lastEventId`, then what comes. Starts with a snapshot instead when the id is absent,
   * of an earlier run, or too old; a reader that falls too far behind gets a new snapshot.
   * Ends when the signal aborts.
   */
  subscribe(lastEventId: string | undefined, signal: AbortSignal): AsyncIterable<FeedItem>;
}
