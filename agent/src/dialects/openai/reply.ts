import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { ImpetusError, toImpetusError, type GenerationEvent } from '@impetus/contracts';
import type { FastifyReply } from 'fastify';
import { withKeepAlive } from '../../wire/keep-alive.ts';
import { openaiError } from './errors.ts';
import type { ReplyEnd, ReplyFormat, ReplyHead } from './responses.ts';

/** Clients cut streams that are silent for long; half of what the most impatient one bears. */
const keepAliveMs = 5_000;
const comment = ': waiting\n\n';

/** A refusal that comes so soon gets its own status; what comes later can only be told in the stream. */
const decisionMs = 1_000;

export interface ReplyOptions {
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/** Answers one request in the given format, streamed or whole. A refusal before any text is thrown. */
export async function replyWith(
  reply: FastifyReply,
  events: AsyncIterable<GenerationEvent>,
  format: ReplyFormat,
  { model, stream, includeUsage }: ReplyOptions,
): Promise<unknown> {
  const head: ReplyHead = {
    id: `${format.idPrefix}${randomUUID().replaceAll('-', '')}`,
    created: Math.floor(Date.now() / 1_000),
    model,
  };
  if (!stream) return whole(events, format, head);

  const iterator = events[Symbol.asyncIterator]();
  const { next } = await untilDecided(iterator);
  const text = serverSentEvents(next, iterator, format, head, includeUsage);
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(withKeepAlive(text, comment, keepAliveMs)));
}

/**
 * Waits until the request was let in or refused, for a moment at most: clients want headers soon.
 * Throws the refusal. What it answers is the event that comes next, which may not be there yet.
 */
async function untilDecided(
  events: AsyncIterator<GenerationEvent>,
): Promise<{ readonly next: Promise<IteratorResult<GenerationEvent>> }> {
  const timeUp = delay(decisionMs, null, { ref: false });
  for (;;) {
    const next = events.next();
    const result = await Promise.race([next, timeUp]);
    if (result === null || result.done === true) return { next };
    if (result.value.kind !== 'queued' && result.value.kind !== 'loading') return { next };
  }
}

async function whole(
  events: AsyncIterable<GenerationEvent>,
  format: ReplyFormat,
  head: ReplyHead,
): Promise<object> {
  let text = '';
  for await (const event of events) {
    if (event.kind === 'delta') text += event.text;
    if (event.kind === 'end') return format.whole(head, text, event);
  }
  throw new ImpetusError('internal', 'The answer ended without an end.');
}

async function* serverSentEvents(
  first: Promise<IteratorResult<GenerationEvent>>,
  rest: AsyncIterator<GenerationEvent>,
  format: ReplyFormat,
  head: ReplyHead,
  includeUsage: boolean,
): AsyncGenerator<string, void> {
  try {
    // The first chunk goes out at once, so that the client sees that it was accepted.
    yield (
      comment +
        format
          .opening(head)
          .map((chunk) => data(chunk, includeUsage))
          .join('')
    );
    for (let next = await first; next.done !== true; next = await rest.next()) {
      const event = next.value;
      if (event.kind === 'delta' && event.text !== '')
        yield data(format.delta(head, event.text), includeUsage);
      if (event.kind === 'end') yield ending(format, head, event, includeUsage);
    }
  } catch (error) {
    yield `data: ${JSON.stringify(openaiError(toImpetusError(error)).body)}\n\n`;
  } finally {
    await rest.return?.();
  }
}

function ending(format: ReplyFormat, head: ReplyHead, end: ReplyEnd, includeUsage: boolean): string {
  const last = data(format.ending(head, end.reason), includeUsage);
  const usage = includeUsage ? `data: ${JSON.stringify(format.usageChunk(head, end))}\n\n` : '';
  return `${last}${usage}data: [DONE]\n\n`;
}

/** With `include_usage` each chunk before the last says that its usage is null. */
function data(chunk: object, includeUsage: boolean): string {
  return `data: ${JSON.stringify(includeUsage ? { ...chunk, usage: null } : chunk)}\n\n`;
}
