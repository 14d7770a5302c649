import type { RequestEvent, RequestRecord } from '@impetus/contracts';

/** More than this never waits for one reader, those under way apart. */
const mostWaiting = 1_000;

interface Waiting {
  readonly record: RequestRecord;
  /** Whether the reader has not heard of this request at all. */
  readonly unheard: boolean;
}

/**
 * What one screen has yet to hear: of each request its latest record. A screen that cannot keep up is never told of
 * the oldest requests that began and ended meanwhile; whatever it has seen under way, it also sees end.
 */
export class RequestReader {
  readonly #mostWaiting: number;
  readonly #waiting = new Map<string, Waiting>();
  #removed: string[] = [];

  constructor(most = mostWaiting) {
    this.#mostWaiting = most;
  }

  /** `begins`: the first that can be told of this request. */
  changed(record: RequestRecord, begins: boolean): void {
    const unheard = begins || this.#waiting.get(record.id)?.unheard === true;
    this.#waiting.set(record.id, { record, unheard });
    if (this.#waiting.size > this.#mostWaiting) this.#drop();
  }

  removed(ids: readonly string[]): void {
    for (const id of ids) this.#waiting.delete(id);
    this.#removed = [...this.#removed, ...ids].slice(-this.#mostWaiting);
  }

  /** The next thing to tell; null when there is nothing new. */
  take(): RequestEvent | null {
    if (this.#removed.length > 0) {
      const ids = this.#removed;
      this.#removed = [];
      return { type: 'removed', ids };
    }
    const [waiting] = this.#waiting.values();
    if (waiting === undefined) return null;
    this.#waiting.delete(waiting.record.id);
    return { type: 'changed', record: waiting.record };
  }

  #drop(): void {
    for (const [id, { record, unheard }] of this.#waiting) {
      if (!unheard || record.endedAt === null) continue;
      this.#waiting.delete(id);
      return;
    }
  }
}
