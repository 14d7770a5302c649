import type { RequestEvent, RequestRecord } from '@impetus/contracts';
import { WakeUp } from '../../../events/wake-up.ts';
import { RequestReader } from './request-reader.ts';

/** Screens hear of progress this often; of a change of state at once. In milliseconds. */
const progressMs = 250;

/** What every screen with requests on it hears, for as long as it looks on. */
export class RequestFeed {
  readonly #readers = new Set<RequestReader>();
  readonly #news = new WakeUp();
  readonly #underWay: () => Iterable<RequestRecord>;
  /** What was told last of each request under way. */
  #told = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  /** `underWay`: the records as they are now. */
  constructor(underWay: () => Iterable<RequestRecord>) {
    this.#underWay = underWay;
  }

  /** A request began, changed its state or ended; `record` is made only where somebody looks on. */
  changed(record: () => RequestRecord, begins = false): void {
    if (this.#readers.size === 0) return;
    const latest = record();
    for (const reader of this.#readers) reader.changed(latest, begins);
    this.#news.raise();
  }

  removed(ids: readonly string[]): void {
    for (const reader of this.#readers) reader.removed(ids);
    this.#news.raise();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<RequestEvent> {
    const reader = new RequestReader();
    this.#readers.add(reader);
    this.#timer ??= setInterval(() => this.#tellProgress(), progressMs).unref();
    try {
      while (!signal.aborted) {
        const event = reader.take();
        if (event === null) await this.#news.wait(signal);
        else yield event;
      }
    } finally {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) this.#stop();
    }
  }

  #tellProgress(): void {
    const told = new Map<string, string>();
    for (const record of this.#underWay()) {
      const progress = progressOf(record);
      told.set(record.id, progress);
      if (this.#told.get(record.id) !== progress) this.changed(() => record);
    }
    this.#told = told;
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#told.clear();
  }
}

/** What of a record grows without a change of state. */
function progressOf({ queuePosition, readTokens, completionTokens }: RequestRecord): string {
  return `${queuePosition} ${readTokens} ${completionTokens}`;
}
