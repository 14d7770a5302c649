import { z } from 'zod';

/**
 * Bodies that OpenAI's clients send, as far as the agent reads them. Unknown fields pass, null means absent,
 * ranges are those of OpenAI's API reference.
 */

const contentPart = z.looseObject({ type: z.string(), text: z.string().optional() });

/** A call in the history; its arguments are text, as the model wrote them. */
const toolCall = z.looseObject({
  id: z.string(),
  type: z.string().nullish(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

const chatMessage = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(contentPart)]).nullish(),
  name: z.string().nullish(),
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: z.string().nullish(),
  /** Thinking that the client hands back; both names are in use. */
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
});
export type OpenAiMessage = z.infer<typeof chatMessage>;

/** Tools of other types than `function` run on OpenAI's own machines; they are let pass and left out. */
const tool = z.looseObject({
  type: z.string(),
  function: z
    .looseObject({
      name: z.string().min(1).max(256),
      description: z.string().nullish(),
      parameters: z.union([z.record(z.string(), z.unknown()), z.boolean()]).nullish(),
      strict: z.boolean().nullish(),
    })
    .optional(),
});
export type OpenAiTool = z.infer<typeof tool>;

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) }),
  /** Of all tools that are described, only these may be called this time. */
  z.looseObject({
    type: z.literal('allowed_tools'),
    allowed_tools: z.looseObject({
      mode: z.enum(['auto', 'required']),
      tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }).nullish() })),
    }),
  }),
]);
export type OpenAiToolChoice = z.infer<typeof toolChoice>;

const responseFormat = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    json_schema: z.looseObject({
      name: z.string().nullish(),
      schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]).nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
]);
export type OpenAiResponseFormat = z.infer<typeof responseFormat>;

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
  repeat_last_n: z.int().min(-1).max(4_096).nullish(),
  xtc_probability: z.number().min(0).max(1).nullish(),
  xtc_threshold: z.number().min(0).max(1).nullish(),
  dry_multiplier: z.number().min(0).max(10).nullish(),
  dry_base: z.number().min(1).max(10).nullish(),
  dry_allowed_length: z.int().min(0).max(4_096).nullish(),
  ignore_eos: z.boolean().nullish(),
  /** GBNF that the answer follows. */
  grammar: z.string().min(1).max(1_000_000).nullish(),
  /** Token ids, as text since they are names of an object. */
  logit_bias: z
    .record(z.string().regex(/^\d+$/u, 'It has to be the number of a token'), z.number().min(-100).max(100))
    .nullish(),
};

export const chatCompletionBody = z.looseObject({
  ...common,
  messages: z.array(chatMessage).min(1),
  max_completion_tokens: maxTokens,
  tools: z.array(tool).max(1_024).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: responseFormat.nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  /** More variables for the model's template, as llama.cpp's and vLLM's servers take them. */
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
});
export type ChatCompletionBody = z.infer<typeof chatCompletionBody>;

const tokenArray = z.array(z.int().min(0)).min(1);

export const completionBody = z.looseObject({
  ...common,
  prompt: z
    .union([
      z.string(),
      z.array(z.string()).min(1).max(2_048),
      tokenArray,
      z.array(tokenArray).min(1).max(2_048),
    ])
    .nullish(),
  /** 0: nothing is written, such as where an echo's log probabilities are all that is wanted. */
  max_tokens: z.int().min(0).nullish(),
  echo: z.boolean().nullish(),
  suffix: z.string().nullish(),
  best_of: z.int().min(1).max(20).nullish(),
  logprobs: z.int().min(0).max(5).nullish(),
});
export type CompletionBody = z.infer<typeof completionBody>;

/** Mistral's form of completing code, which Continue and others use. */
export const fimBody = z.looseObject({
  ...common,
  prompt: z.string(),
  suffix: z.string().nullish(),
  random_seed: z.int().nullish(),
});
export type FimBody = z.infer<typeof fimBody>;

export const embeddingBody = z.looseObject({
  model: z.string().min(1),
  input: z.union([
    z.string(),
    z.array(z.string()).min(1).max(2_048),
    tokenArray,
    z.array(tokenArray).min(1).max(2_048),
  ]),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  /** Fewer than the model has, from the first one on. */
  dimensions: z.int().min(1).nullish(),
});
export type EmbeddingBody = z.infer<typeof embeddingBody>;

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
  | 'repeat_last_n'
  | 'xtc_probability'
  | 'xtc_threshold'
  | 'dry_multiplier'
  | 'dry_base'
  | 'dry_allowed_length'
  | 'seed'
>;
