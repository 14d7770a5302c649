import type { ChatEvent } from '@impetus/contracts';
import { WakeUp } from '../events/wake-up.ts';
import { nextItem } from './merge.ts';
import type { ChatItem } from './types.ts';

const lastKinds: ReadonlySet<ChatEvent['kind']> = new Set(['end', 'stopped', 'error']);

/** One answer of the chat page, kept whole so that a screen can come back in the middle of it. */
export class Answer {
  readonly #events: ChatEvent[] = [];
  readonly #changed = new WakeUp();
  readonly #onWatchers: (count: number) => void;
  #watchers = 0;
  #ended = false;

  constructor(onWatchers: (count: number) => void) {
    this.#onWatchers = onWatchers;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Adds what happened; nothing follows the end. */
  push(event: ChatEvent): void {
    if (this.#ended) return;
    this.#ended = lastKinds.has(event.kind);
    this.#events.push(event);
    this.#changed.raise();
  }

  async *watch(lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<ChatItem> {
    this.#onWatchers(++this.#watchers);
    try {
      let position = this.#positionOf(lastEventId);
      while (!signal.aborted) {
        const item = nextItem(this.#events, position);
        if (item !== null) {
          position = Number(item.id);
          yield item;
        } else if (this.#ended) {
          return;
        } else {
          await this.#changed.wait(signal);
        }
      }
    } finally {
      this.#onWatchers(--this.#watchers);
    }
  }

  #positionOf(lastEventId: string | undefined): number {
    const position = Number(lastEventId ?? 0);
    return Number.isInteger(position) && position >= 0 && position <= this.#events.length ? position : 0;
  }
}
