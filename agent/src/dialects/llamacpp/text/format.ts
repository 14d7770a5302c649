import type { AnswerEnd, FinishReason, TokenChance, TokenLogprob } from '@impetus/contracts';

/** What every object of one answer has. */
export interface CompletionHead {
  readonly model: string;
}

interface Text {
  readonly content: string;
  readonly logprobs?: readonly TokenLogprob[];
}

/** A piece of a stream. */
export function piece({ content, logprobs = [] }: Text, written: number) {
  return {
    index: 0,
    content,
    tokens: [],
    stop: false,
    id_slot: -1,
    tokens_predicted: written,
    tokens_evaluated: 0,
    ...probabilities(logprobs),
  };
}

/** The whole answer, or with an empty text the last object of a stream. */
export function whole({ content, logprobs = [] }: Text, end: AnswerEnd, { model }: CompletionHead) {
  const { usage, timings, stopString = null, reason } = end;
  return {
    index: 0,
    content,
    tokens: [],
    id_slot: -1,
    stop: true,
    model,
    tokens_predicted: usage.completionTokens,
    tokens_evaluated: usage.promptTokens,
    tokens_cached: usage.cachedTokens,
    truncated: false,
    stop_type: stopType(reason, stopString),
    stopping_word: stopString ?? '',
    timings: {
      cache_n: usage.cachedTokens,
      prompt_n: usage.promptTokens - usage.cachedTokens,
      prompt_ms: timings.prefillMs,
      predicted_n: usage.completionTokens,
      predicted_ms: timings.decodeMs,
    },
    ...probabilities(logprobs),
  };
}

function stopType(reason: FinishReason, stopString: string | null): 'eos' | 'word' | 'limit' {
  if (reason === 'length') return 'limit';
  return stopString === null ? 'eos' : 'word';
}

function probabilities(logprobs: readonly TokenLogprob[]) {
  if (logprobs.length === 0) return {};
  return {
    completion_probabilities: logprobs.map(({ top, ...token }) => ({
      ...toChance(token),
      top_logprobs: top.map(toChance),
    })),
  };
}

function toChance({ token, text, logprob, bytes }: TokenChance) {
  return { id: token, token: text, bytes: bytes ?? [...Buffer.from(text)], logprob };
}
