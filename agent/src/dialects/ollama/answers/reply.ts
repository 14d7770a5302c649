import { toImpetusError, type AnswerPiece, type GenerationEvent, type PromptEcho } from '@impetus/contracts';
import type { FastifyReply } from 'fastify';
import { admitted } from '../../../wire/admitted.ts';
import { CallBuffer } from '../../../wire/call-buffer.ts';
import { jsonLine, sendJsonLines } from '../../../wire/ndjson.ts';
import { wholeAnswer } from '../../../wire/whole-answer.ts';
import { ollamaErrorBody } from '../errors.ts';
import { ending, type Part, type PartFormat } from './format.ts';
import { Stopwatch } from './stopwatch.ts';

export interface ReplyOptions {
  readonly model: string;
  readonly stream: boolean;
  readonly format: PartFormat;
}

/** Answers one request, streamed or whole. A refusal before any text is thrown. */
export async function replyWith(
  reply: FastifyReply,
  events: AsyncIterable<GenerationEvent>,
  options: ReplyOptions,
): Promise<unknown> {
  const watch = new Stopwatch();
  const timed = watch.over(events);
  if (!options.stream) return whole(await wholeAnswer(timed), watch, options);
  const text = lines(await admitted(timed), watch, options);
  return sendJsonLines(reply, text, () => ({ ...line({ content: '' }, options), done: false }));
}

function whole(
  { choices, end }: Awaited<ReturnType<typeof wholeAnswer>>,
  watch: Stopwatch,
  options: ReplyOptions,
) {
  const [answer] = choices;
  const part: Part = {
    content: answer?.text ?? '',
    thinking: answer?.reasoning ?? '',
    toolCalls: answer?.toolCalls.map((call, index) => ({ ...call, index })) ?? [],
    logprobs: answer?.logprobs ?? [],
  };
  return { ...line(part, options), ...ending(end, watch.spent) };
}

async function* lines(
  events: AsyncIterable<GenerationEvent>,
  watch: Stopwatch,
  options: ReplyOptions,
): AsyncGenerator<string, void> {
  const calls = new CallBuffer();
  try {
    for await (const event of events) {
      if (event.kind === 'end') {
        yield jsonLine({ ...line({ content: '' }, options), ...ending(event, watch.spent) });
      } else if (event.kind !== 'queued' && event.kind !== 'loading' && event.kind !== 'prefill') {
        const part = toPart(event, calls);
        if (part !== null) yield jsonLine({ ...line(part, options), done: false });
      }
    }
  } catch (error) {
    yield jsonLine(ollamaErrorBody(toImpetusError(error)));
  }
}

function toPart(piece: AnswerPiece | PromptEcho, calls: CallBuffer): Part | null {
  switch (piece.kind) {
    case 'echo':
      return null;
    case 'delta': {
      const { text, logprobs = [] } = piece;
      return text === '' && logprobs.length === 0 ? null : { content: text, logprobs };
    }
    case 'reasoning':
      return piece.text === '' ? null : { content: '', thinking: piece.text };
    default: {
      const call = calls.take(piece);
      return call === null ? null : { content: '', toolCalls: [{ ...call, index: piece.index }] };
    }
  }
}

function line(part: Part, { model, format }: ReplyOptions) {
  return { model, created_at: new Date().toISOString(), ...format(part) };
}
