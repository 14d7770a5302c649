import { z } from 'zod';

/**
 * Bodies that OpenAI's clients send, as far as the agent reads them. Unknown fields pass, null means absent,
 * ranges are those of OpenAI's API reference.
 */

const contentPart = z.looseObject({ type: z.string(), text: z.string().optional() });

const chatMessage = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(contentPart)]).nullish(),
  name: z.string().nullish(),
});
export type OpenAiMessage = z.infer<typeof chatMessage>;

const stop = z.union([z.string(), z.array(z.string()).max(16)]).nullish();
const maxTokens = z.int().min(1).nullish();

/** What both text endpoints read. */
const common = {
  model: z.string().min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().min(1).max(128).nullish(),
  stop,
  max_tokens: maxTokens,
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  seed: z.int().nullish(),
  // llama.cpp's own, which many local clients send.
  top_k: z.int().min(0).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  repeat_penalty: z.number().min(0).max(10).nullish(),
  ignore_eos: z.boolean().nullish(),
};

export const chatCompletionBody = z.looseObject({
  ...common,
  messages: z.array(chatMessage).min(1),
  max_completion_tokens: maxTokens,
});
export type ChatCompletionBody = z.infer<typeof chatCompletionBody>;

const tokenArray = z.array(z.int().min(0)).min(1);

export const completionBody = z.looseObject({
  ...common,
  prompt: z.union([z.string(), z.array(z.string()).min(1), tokenArray, z.array(tokenArray).min(1)]).nullish(),
  echo: z.boolean().nullish(),
  suffix: z.string().nullish(),
  best_of: z.int().min(1).max(20).nullish(),
  logprobs: z.int().min(0).max(5).nullish(),
});
export type CompletionBody = z.infer<typeof completionBody>;

/** What may be said with POST /v1/models/{id}/load, /switch and /unload. */
export const modelActionBody = z.looseObject({
  /** False: answer at once. */
  wait: z.boolean().nullish(),
  /** Unloading ends running requests instead of waiting for them. */
  now: z.boolean().nullish(),
});
export type ModelActionBody = z.infer<typeof modelActionBody>;

/** The fields of both that say how to sample. */
export type SamplingFields = Pick<
  ChatCompletionBody,
  | 'temperature'
  | 'top_p'
  | 'top_k'
  | 'min_p'
  | 'frequency_penalty'
  | 'presence_penalty'
  | 'repeat_penalty'
  | 'seed'
>;
