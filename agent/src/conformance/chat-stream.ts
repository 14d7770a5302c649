import { z } from 'zod';
import type { StreamAnswer } from './endpoint.ts';
import { Flaw, must, requireAnswer } from './outcome.ts';

const usage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});
export type Usage = z.infer<typeof usage>;

const callDelta = z.object({
  index: z.int(),
  id: z.string().optional(),
  type: z.string().optional(),
  function: z.object({ name: z.string().optional(), arguments: z.string().optional() }).optional(),
});

const chunk = z.object({
  id: z.string(),
  object: z.literal('chat.completion.chunk'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.int(),
      delta: z.object({
        role: z.string().optional(),
        content: z.string().nullish(),
        reasoning_content: z.string().nullish(),
        tool_calls: z.array(callDelta).optional(),
      }),
      finish_reason: z.string().nullish(),
    }),
  ),
  usage: usage.nullish(),
});

export interface ChatCall {
  readonly name: string;
  readonly arguments: string;
}

/** A streamed chat as a client puts it together. */
export interface StreamedChat {
  readonly text: string;
  /** How many chunks brought text or thinking. */
  readonly pieces: number;
  readonly calls: readonly ChatCall[];
  readonly finishReason: string;
  readonly usage: Usage | null;
}

/** Puts a stream together, and throws the first rule of the form that it breaks. */
export function readChatStream(answer: StreamAnswer): StreamedChat {
  requireAnswer(answer);
  must(answer.events.length > 0, 'It answered without a stream.');
  must(answer.events.at(-1)?.data === '[DONE]', 'The stream does not end with [DONE].');
  const chunks = answer.events.slice(0, -1).map(({ data }) => {
    const { data: read, error } = chunk.safeParse(data);
    if (read === undefined) throw new Flaw(`A chunk has not the form that clients read: ${error.message}`);
    return read;
  });
  must(
    new Set(chunks.map(({ id, created }) => `${id} ${created}`)).size === 1,
    'Its chunks have different ids.',
  );
  const choices = chunks.flatMap((one) => one.choices);
  must(choices[0]?.delta.role === 'assistant', 'The first chunk has no role.');
  const reasons = choices.flatMap(({ finish_reason: reason }) => reason ?? []);
  must(reasons.length === 1, `It has ${reasons.length} finish reasons in place of one.`);
  const texts = choices.map(({ delta }) => `${delta.reasoning_content ?? ''}${delta.content ?? ''}`);
  return {
    text: texts.join(''),
    pieces: texts.filter((text) => text !== '').length,
    calls: readCalls(choices.flatMap(({ delta }) => delta.tool_calls ?? [])),
    finishReason: reasons[0] ?? '',
    usage: chunks.flatMap((one) => one.usage ?? []).at(-1) ?? null,
  };
}

/** Clients want id and name with a call’s first delta, and its index with all of them. */
function readCalls(deltas: readonly z.infer<typeof callDelta>[]): ChatCall[] {
  const calls = new Map<number, { name: string; arguments: string }>();
  for (const { index, id, function: part } of deltas) {
    const call = calls.get(index);
    if (call === undefined) {
      must(id !== undefined && id !== '', 'A call begins without an id.');
      must(part?.name !== undefined && part.name !== '', 'A call begins without a name.');
      calls.set(index, { name: part?.name ?? '', arguments: part?.arguments ?? '' });
    } else {
      call.arguments += part?.arguments ?? '';
    }
  }
  return [...calls.values()];
}
