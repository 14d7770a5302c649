import type { AnswerEnd } from '@impetus/contracts';

type Costs = Pick<AnswerEnd, 'usage' | 'timings'>;

/** Usage in OpenAI's form, and timings as llama.cpp's server gives them, of all prompts of a request together. */
export function accounts(ends: readonly Costs[]) {
  const sum = (of: (end: Costs) => number) => ends.reduce((total, end) => total + of(end), 0);
  const promptTokens = sum(({ usage }) => usage.promptTokens);
  const cachedTokens = sum(({ usage }) => usage.cachedTokens);
  const completionTokens = sum(({ usage }) => usage.completionTokens);
  return {
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      prompt_tokens_details: { cached_tokens: cachedTokens, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: sum(({ usage }) => usage.reasoningTokens ?? 0),
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    timings: {
      cache_n: cachedTokens,
      prompt_n: promptTokens - cachedTokens,
      prompt_ms: round(sum(({ timings }) => timings.prefillMs)),
      predicted_n: completionTokens,
      predicted_ms: round(sum(({ timings }) => timings.decodeMs)),
    },
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
