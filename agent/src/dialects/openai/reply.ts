import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { toImpetusError, type AnswerEnd, type GenerationEvent } from '@impetus/contracts';
import type { FastifyReply } from 'fastify';
import { withKeepAlive } from '../../wire/keep-alive.ts';
import { wholeAnswer } from '../../wire/whole-answer.ts';
import { openaiError } from './errors.ts';
import type { ReplyFormat, ReplyHead, StreamFormat } from './format.ts';

/** Clients cut streams that are silent for long; half of what the most impatient one bears. */
const keepAliveMs = 5_000;
const comment = ': waiting\n\n';

/** A refusal that comes so soon gets its own status; what comes later can only be told in the stream. */
const decisionMs = 1_000;

export interface ReplyOptions {
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** How many answers were asked for. */
  readonly choices: number;
}

/** Answers one request in the given format, streamed or whole. A refusal before any text is thrown. */
export async function replyWith(
  reply: FastifyReply,
  events: AsyncIterable<GenerationEvent>,
  format: ReplyFormat,
  { model, stream, includeUsage, choices }: ReplyOptions,
): Promise<unknown> {
  const head: ReplyHead = {
    id: `${format.idPrefix}${randomUUID().replaceAll('-', '')}`,
    created: Math.floor(Date.now() / 1_000),
    model,
  };
  if (!stream) return format.whole(head, await wholeAnswer(events));

  const iterator = events[Symbol.asyncIterator]();
  const { next } = await untilDecided(iterator);
  const text = serverSentEvents(next, iterator, format.stream(head, choices), includeUsage);
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

async function* serverSentEvents(
  first: Promise<IteratorResult<GenerationEvent>>,
  rest: AsyncIterator<GenerationEvent>,
  format: StreamFormat,
  includeUsage: boolean,
): AsyncGenerator<string, void> {
  try {
    // The first chunk goes out at once, so that the client sees that it was accepted.
    yield comment + chunks(format.opening(), includeUsage);
    for (let next = await first; next.done !== true; next = await rest.next()) {
      const event = next.value;
      if (event.kind === 'end') yield ending(format, event, includeUsage);
      else if (event.kind !== 'queued' && event.kind !== 'loading' && event.kind !== 'prefill') {
        const text = chunks(format.piece(event), includeUsage);
        if (text !== '') yield text;
      }
    }
  } catch (error) {
    yield `data: ${JSON.stringify(openaiError(toImpetusError(error)).body)}\n\n`;
  } finally {
    await rest.return?.();
  }
}

function ending(format: StreamFormat, end: AnswerEnd, includeUsage: boolean): string {
  const reasons = end.reasons ?? [end.reason];
  const last = chunks(
    reasons.map((reason, choice) => format.ending(choice, reason)),
    includeUsage,
  );
  const usage = includeUsage ? `data: ${JSON.stringify(format.usage(end))}\n\n` : '';
  return `${last}${usage}data: [DONE]\n\n`;
}

/** Several chunks are one write. */
function chunks(parts: readonly object[], includeUsage: boolean): string {
  return parts.map((chunk) => data(chunk, includeUsage)).join('');
}

/** With `include_usage` each chunk before the last says that its usage is null. */
function data(chunk: object, includeUsage: boolean): string {
  return `data: ${JSON.stringify(includeUsage ? { ...chunk, usage: null } : chunk)}\n\n`;
}
