import type { ChatEvent, StartChatInput } from '@impetus/contracts';
import type { AccessHolder } from '../events/access-ended.ts';
import type { Requester } from '../inference/types.ts';

/** An event with its place in the answer; ids rise, and merged deltas carry the id of the last. */
export interface ChatItem {
  readonly id: string;
  readonly event: ChatEvent;
}

/** Who asks, and what their access rests on: an answer ends with it. */
export type ChatAsker = Requester & AccessHolder;

/** Answers that outlive the connection of the screen that asked for them. */
export interface Chats {
  /** Starts an answer and returns its id. It ends by itself when nobody watches it for a while. */
  start(input: StartChatInput, asker: ChatAsker): string;
  /** What came after `lastEventId`, then what comes, up to the last event. Throws `not_found`. */
  watch(id: string, lastEventId: string | undefined, signal: AbortSignal): AsyncIterable<ChatItem>;
  /** Ends the answer with `stopped`; nothing happens to one that has ended. Throws `not_found`. */
  stop(id: string): void;
}
