import { toImpetusError, type GenerationEvent } from '@impetus/contracts';
import { serverSentEvent, waitingComment } from '../../../wire/stream-reply.ts';
import { anthropicError } from '../errors.ts';
import type { MessageEvent, MessageStream } from './message-stream.ts';

/** What keeps the connection open: nothing but a comment may come before a message begins. */
export function filler({ started }: Pick<MessageStream, 'started'>): string {
  return started ? inWords({ type: 'ping' }) : waitingComment;
}

/** A stream as it goes over the wire; what it fails with is its last event. */
export async function* writtenEvents(
  stream: MessageStream,
  events: AsyncIterable<GenerationEvent>,
  requestId: string,
): AsyncGenerator<string, void> {
  try {
    // Goes out at once, so that the client sees that it was accepted; its message begins when the prompt is counted.
    yield waitingComment;
    for await (const event of events) {
      const text = stream.hear(event).map(inWords).join('');
      if (text !== '') yield text;
    }
  } catch (error) {
    yield inWords({ ...anthropicError(toImpetusError(error), requestId).body });
  }
}

function inWords(event: MessageEvent): string {
  return serverSentEvent(event, event.type);
}
