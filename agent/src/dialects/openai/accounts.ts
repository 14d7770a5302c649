import type { AnswerEnd } from '@impetus/contracts';

/** Usage in OpenAI's form, and timings as llama.cpp's server gives them. */
export function accounts({ usage, timings }: Pick<AnswerEnd, 'usage' | 'timings'>) {
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens = 0 } = usage;
  return {
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      prompt_tokens_details: { cached_tokens: cachedTokens, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: reasoningTokens,
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
