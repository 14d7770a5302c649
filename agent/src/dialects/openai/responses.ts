import type { FinishReason, Timings, Usage } from '@impetus/contracts';

/** What every chunk and the whole answer of one request have in common. */
export interface ReplyHead {
  readonly id: string;
  /** Seconds since the epoch; the same in each chunk. */
  readonly created: number;
  readonly model: string;
}

/** The end of an answer, as both endpoints tell it. */
export interface ReplyEnd {
  readonly reason: FinishReason;
  readonly usage: Usage;
  readonly timings: Timings;
}

/** How one endpoint words its answer, streamed and whole. */
export interface ReplyFormat {
  readonly idPrefix: string;
  /** What a stream begins with, before any text. */
  opening(head: ReplyHead): readonly object[];
  delta(head: ReplyHead, text: string): object;
  ending(head: ReplyHead, reason: FinishReason): object;
  /** The chunk that carries nothing but usage. */
  usageChunk(head: ReplyHead, end: ReplyEnd): object;
  whole(head: ReplyHead, text: string, end: ReplyEnd): object;
}

export const chatFormat: ReplyFormat = {
  idPrefix: 'chatcmpl-',
  opening: (head) => [chatChunk(head, { role: 'assistant', content: '' }, null)],
  delta: (head, text) => chatChunk(head, { content: text }, null),
  ending: (head, reason) => chatChunk(head, {}, reason),
  usageChunk: (head, end) => ({ ...chatHead(head), choices: [], ...accounts(end) }),
  whole: (head, text, end) => ({
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text, refusal: null },
        logprobs: null,
        finish_reason: end.reason,
      },
    ],
    ...accounts(end),
  }),
};

export const completionFormat: ReplyFormat = {
  idPrefix: 'cmpl-',
  opening: () => [],
  delta: (head, text) => completion(head, text, null),
  ending: (head, reason) => completion(head, '', reason),
  usageChunk: (head, end) => ({ ...completionHead(head), choices: [], ...accounts(end) }),
  whole: (head, text, end) => ({ ...completion(head, text, end.reason), ...accounts(end) }),
};

function chatHead({ id, created, model }: ReplyHead) {
  return { id, object: 'chat.completion.chunk', created, model };
}

function chatChunk(head: ReplyHead, delta: object, reason: FinishReason | null) {
  return { ...chatHead(head), choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }] };
}

function completionHead({ id, created, model }: ReplyHead) {
  return { id, object: 'text_completion', created, model };
}

function completion(head: ReplyHead, text: string, reason: FinishReason | null) {
  return { ...completionHead(head), choices: [{ index: 0, text, logprobs: null, finish_reason: reason }] };
}

/** Usage in OpenAI's form, and timings as llama.cpp's server gives them. */
function accounts({ usage, timings }: ReplyEnd) {
  const { promptTokens, cachedTokens, completionTokens } = usage;
  return {
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      prompt_tokens_details: { cached_tokens: cachedTokens, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 0,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    timings: {
      cache_n: cachedTokens,
      prompt_n: promptTokens - cachedTokens,
      prompt_ms: round(timings.prefillMs),
      predicted_n: completionTokens,
      predicted_ms: round(timings.decodeMs),
    },
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
