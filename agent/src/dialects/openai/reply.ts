import { randomUUID } from 'node:crypto';
import { toImpetusError, type AnswerEnd, type GenerationEvent } from '@impetus/contracts';
import type { FastifyReply } from 'fastify';
import { admitted } from '../../wire/admitted.ts';
import { sendEventStream, serverSentEvent, waitingComment } from '../../wire/stream-reply.ts';
import { wholeAnswer, type WholeAnswer } from '../../wire/whole-answer.ts';
import { openaiError } from './errors.ts';
import type { ReplyFormat, ReplyHead, StreamFormat } from './format.ts';

/** The answers to one prompt. */
export interface Run {
  /** How many answers were asked for. */
  readonly choices: number;
  readonly start: () => AsyncIterable<GenerationEvent>;
}

export interface ReplyOptions {
  readonly format: ReplyFormat;
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** What of the answers is told, where it is not all. */
  readonly choose?: ((answer: WholeAnswer) => WholeAnswer) | undefined;
}

/** Answers one request, streamed or whole, its prompts one after another. A refusal before any text is thrown. */
export async function replyWith(
  reply: FastifyReply,
  runs: readonly Run[],
  options: ReplyOptions,
): Promise<unknown> {
  const { format, model, stream, choose = (answer) => answer } = options;
  const head: ReplyHead = {
    id: `${format.idPrefix}${randomUUID().replaceAll('-', '')}`,
    created: Math.floor(Date.now() / 1_000),
    model,
  };
  if (stream) {
    const [first, ...rest] = runs;
    if (first === undefined) throw new Error('There is a prompt.');
    const begun: Run = { ...first, start: await started(first) };
    return sendEventStream(reply, serverSentEvents([begun, ...rest], head, options));
  }
  const answers: WholeAnswer[] = [];
  for (const run of runs) answers.push(choose(await wholeAnswer(run.start())));
  return format.whole(head, answers);
}

async function started(run: Run): Promise<Run['start']> {
  const events = await admitted(run.start());
  return () => events;
}

async function* serverSentEvents(
  runs: readonly Run[],
  head: ReplyHead,
  { format, includeUsage }: ReplyOptions,
): AsyncGenerator<string, void> {
  try {
    // Something goes out at once, so that the client sees that it was accepted.
    yield waitingComment;
    const ends: AnswerEnd[] = [];
    for (const [index, { start, choices }] of runs.entries()) {
      const words = format.stream(head, { first: index * choices, choices });
      yield* chunksOf(start(), words, includeUsage, (end) => ends.push(end));
    }
    const usage = includeUsage ? serverSentEvent(format.usage(head, ends)) : '';
    yield `${usage}data: [DONE]\n\n`;
  } catch (error) {
    yield serverSentEvent(openaiError(toImpetusError(error)).body);
  }
}

async function* chunksOf(
  events: AsyncIterable<GenerationEvent>,
  words: StreamFormat,
  includeUsage: boolean,
  onEnd: (end: AnswerEnd) => void,
): AsyncGenerator<string, void> {
  const opening = chunks(words.opening(), includeUsage);
  if (opening !== '') yield opening;
  for await (const event of events) {
    if (event.kind === 'end') {
      onEnd(event);
      const reasons = event.reasons ?? [event.reason];
      yield chunks(
        reasons.map((reason, choice) => words.ending(choice, reason)),
        includeUsage,
      );
    } else if (event.kind !== 'queued' && event.kind !== 'loading' && event.kind !== 'prefill') {
      const text = chunks(words.piece(event), includeUsage);
      if (text !== '') yield text;
    }
  }
}

/** Several chunks are one write. With `include_usage` each one before the last says that its usage is null. */
function chunks(parts: readonly object[], includeUsage: boolean): string {
  return parts.map((chunk) => serverSentEvent(includeUsage ? { ...chunk, usage: null } : chunk)).join('');
}
