import { setImmediate } from 'node:timers/promises';
import { oneAtATime } from '../../../db/one-at-a-time.ts';
import type { Log } from '../../../log/types.ts';
import type { EndedRequest, RecordStore } from './record-store.ts';

/** Records are written together, in batches that a busy agent does not feel. */
const batch = 100;
const writeAfterMs = 500;

/** While the disk takes nothing: how long until it is tried again, and how many records wait at most. */
const tryAgainAfterMs = 5_000;
const longestWait = 10_000;

export interface RecordWriterOptions {
  readonly store: Pick<RecordStore, 'write'>;
  readonly log: Log;
  /** Told after each batch. */
  readonly onWritten: (written: readonly EndedRequest[]) => Promise<void>;
}

/** Takes the records of ended requests and has them in the database half a second later, or when asked. */
export class RecordWriter implements AsyncDisposable {
  readonly #options: RecordWriterOptions;
  readonly #inTurn = oneAtATime();
  #waiting: EndedRequest[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RecordWriterOptions) {
    this.#options = options;
  }

  add(ended: EndedRequest): void {
    this.#waiting.push(ended);
    if (this.#waiting.length === batch) void this.flush();
    else this.#flushAfter(writeAfterMs);
  }

  /** Resolves when everything that was added is in the database, or could not be written. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#inTurn(() => this.#writeAll());
  }

  /** Drops the text of those that are not written yet. */
  forgetText(): void {
    this.#waiting = withoutText(this.#waiting);
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const ended = this.#waiting.splice(0, batch);
      try {
        await this.#options.store.write(ended);
        await this.#options.onWritten(ended);
      } catch (error) {
        this.#keep(ended, error);
        return;
      }
      if (this.#waiting.length > 0) await setImmediate();
    }
  }

  /** Records are worth waiting for; their text would fill the memory. */
  #keep(ended: readonly EndedRequest[], error: unknown): void {
    this.#waiting = withoutText([...ended, ...this.#waiting]).slice(-longestWait);
    this.#options.log.warn({ err: error }, 'Records of requests could not be written.');
    this.#flushAfter(tryAgainAfterMs);
  }

  #flushAfter(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), ms).unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
    clearTimeout(this.#timer);
  }
}

function withoutText(ended: readonly EndedRequest[]): EndedRequest[] {
  return ended.map(({ record }) => ({ record: { ...record, captured: false }, text: null }));
}
