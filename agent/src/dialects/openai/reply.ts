import { randomUUID } from 'node:crypto';
import { toImpetusError, type AnswerEnd, type GenerationEvent } from '@impetus/contracts';
import type { FastifyReply } from 'fastify';
import { admitted } from '../../wire/admitted.ts';
import { sendEventStream, serverSentEvent, waitingComment } from '../../wire/stream-reply.ts';
import { wholeAnswer } from '../../wire/whole-answer.ts';
import { openaiError } from './errors.ts';
import type { ReplyFormat, ReplyHead, StreamFormat } from './format.ts';

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
  const text = serverSentEvents(await admitted(events), format.stream(head, choices), includeUsage);
  return sendEventStream(reply, text);
}

async function* serverSentEvents(
  events: AsyncIterable<GenerationEvent>,
  format: StreamFormat,
  includeUsage: boolean,
): AsyncGenerator<string, void> {
  try {
    // The first chunk goes out at once, so that the client sees that it was accepted.
    yield waitingComment + chunks(format.opening(), includeUsage);
    for await (const event of events) {
      if (event.kind === 'end') yield ending(format, event, includeUsage);
      else if (event.kind !== 'queued' && event.kind !== 'loading' && event.kind !== 'prefill') {
        const text = chunks(format.piece(event), includeUsage);
        if (text !== '') yield text;
      }
    }
  } catch (error) {
    yield serverSentEvent(openaiError(toImpetusError(error)).body);
  }
}

function ending(format: StreamFormat, end: AnswerEnd, includeUsage: boolean): string {
  const reasons = end.reasons ?? [end.reason];
  const last = chunks(
    reasons.map((reason, choice) => format.ending(choice, reason)),
    includeUsage,
  );
  const usage = includeUsage ? serverSentEvent(format.usage(end)) : '';
  return `${last}${usage}data: [DONE]\n\n`;
}

/** Several chunks are one write. With `include_usage` each one before the last says that its usage is null. */
function chunks(parts: readonly object[], includeUsage: boolean): string {
  return parts.map((chunk) => serverSentEvent(includeUsage ? { ...chunk, usage: null } : chunk)).join('');
}
