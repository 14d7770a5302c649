import { ImpetusError, isPiece, toImpetusError, type GenerationEvent } from '@impetus/contracts';
import type { ResponseObject } from '../../../responses/types.ts';
import { serverSentEvent, waitingComment } from '../../../wire/stream-reply.ts';
import type { ResponseEvent, ResponseWriter } from './writer.ts';

/** Takes note of a response that has come to its end, before its client hears of it. */
export type Keep = (response: ResponseObject) => Promise<void>;

/** Reads an answer to its end, as one response. Throws what the request ended with. */
export async function wholeResponse(
  events: AsyncIterable<GenerationEvent>,
  writer: ResponseWriter,
): Promise<ResponseObject> {
  for await (const event of events) {
    if (event.kind === 'end') {
      writer.end(event);
      return writer.response;
    }
    if (isPiece(event)) writer.take(event);
  }
  throw new ImpetusError('internal', 'The answer ended without an end.');
}

/** An answer as the text of its events. A failure is one of them. */
export async function* streamedResponse(
  events: AsyncIterable<GenerationEvent>,
  writer: ResponseWriter,
  keep: Keep,
): AsyncGenerator<string, void> {
  try {
    yield waitingComment + written(writer.opening());
    for await (const event of events) {
      if (event.kind === 'end') {
        const last = writer.end(event);
        await keep(writer.response);
        yield written(last);
      } else if (isPiece(event)) {
        const text = written(writer.take(event));
        if (text !== '') yield text;
      }
    }
  } catch (error) {
    yield written(writer.fail(toImpetusError(error)));
  }
}

/** A response that nobody waits for; whatever happens to it is told in it. */
export async function backgroundResponse(
  events: AsyncIterable<GenerationEvent>,
  writer: ResponseWriter,
  signal: AbortSignal,
): Promise<ResponseObject> {
  try {
    return await wholeResponse(events, writer);
  } catch (error) {
    // Without a reason of its own it was cancelled by its client.
    const isCancelled = signal.aborted && signal.reason instanceof DOMException;
    if (isCancelled) writer.cancel();
    else writer.fail(toImpetusError(signal.aborted ? signal.reason : error));
    return writer.response;
  }
}

function written(events: readonly ResponseEvent[]): string {
  return events.map((event) => serverSentEvent(event, event.type)).join('');
}
