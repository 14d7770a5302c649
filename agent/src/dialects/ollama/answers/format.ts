import type { AnswerEnd, FinishReason, TokenChance, TokenLogprob, ToolCall } from '@impetus/contracts';

/** A call and its place among those of the answer. */
export type PlacedCall = ToolCall & { readonly index: number };

/** What a line carries of an answer. */
export interface Part {
  readonly content: string;
  readonly thinking?: string;
  readonly toolCalls?: readonly PlacedCall[];
  readonly logprobs?: readonly TokenLogprob[];
}

/** Where an endpoint puts what its lines carry. */
export type PartFormat = (part: Part) => object;

export const chatPart: PartFormat = ({ content, thinking = '', toolCalls = [], logprobs = [] }) => ({
  message: {
    role: 'assistant',
    content,
    ...(thinking !== '' && { thinking }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toCall) }),
  },
  ...(logprobs.length > 0 && { logprobs: logprobs.map(toLogprob) }),
});

export const generatePart: PartFormat = ({ content, thinking = '', logprobs = [] }) => ({
  response: content,
  ...(thinking !== '' && { thinking }),
  ...(logprobs.length > 0 && { logprobs: logprobs.map(toLogprob) }),
});

function toCall({ id, index, name, arguments: given }: PlacedCall) {
  return { id, function: { index, name, arguments: JSON.parse(given) as unknown } };
}

function toLogprob({ top, ...token }: TokenLogprob) {
  return { ...toChance(token), ...(top.length > 0 && { top_logprobs: top.map(toChance) }) };
}

function toChance({ text, logprob, bytes }: TokenChance) {
  return { token: text, logprob, bytes: bytes ?? [...Buffer.from(text)] };
}

/** In milliseconds. */
export interface Spent {
  readonly totalMs: number;
  readonly loadMs: number;
}

/** What the last line, or the only one, says of the whole answer. Durations are nanoseconds on the wire. */
export function ending({ reason, usage, timings }: AnswerEnd, { totalMs, loadMs }: Spent) {
  return {
    done: true,
    done_reason: doneReason(reason),
    total_duration: nanoseconds(totalMs),
    load_duration: nanoseconds(loadMs),
    prompt_eval_count: usage.promptTokens,
    prompt_eval_duration: nanoseconds(timings.prefillMs),
    eval_count: usage.completionTokens,
    eval_duration: nanoseconds(timings.decodeMs),
  };
}

/** An answer that ends with calls has stopped, in Ollama's words. */
function doneReason(reason: FinishReason): 'stop' | 'length' {
  return reason === 'length' ? 'length' : 'stop';
}

export function nanoseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6);
}
