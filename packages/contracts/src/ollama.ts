import { z } from 'zod';
import { llamaSampling } from './llama-sampling.ts';

/**
 * Bodies that Ollama's clients send, as far as the agent reads them. Unknown fields pass, null means absent; ranges
 * are those that a runner has.
 */

/** Seconds, or a duration such as `5m` or `1h30m`; negative: for good. */
const keepAlive = z.union([z.number(), z.string()]).nullish();
export type OllamaKeepAlive = z.infer<typeof keepAlive>;

/** Options of Ollama's own engine, such as `num_gpu` or `mirostat`, pass and change nothing. */
const options = z.looseObject({
  num_ctx: z.int().min(0).nullish(),
  /** -1: until the model ends; -2: until the context is full. */
  num_predict: z.int().min(-2).nullish(),
  ...llamaSampling,
  seed: z.int().nullish(),
});
export type OllamaOptions = z.infer<typeof options>;

/** `json`: any JSON object; an object: a JSON Schema. */
const format = z.union([z.enum(['', 'json']), z.record(z.string(), z.unknown())]).nullish();
export type OllamaFormat = z.infer<typeof format>;

const think = z.union([z.boolean(), z.enum(['low', 'medium', 'high'])]).nullish();
export type OllamaThink = z.infer<typeof think>;

/** What both endpoints that write text read. */
const common = {
  model: z.string().min(1),
  stream: z.boolean().nullish(),
  format,
  options: options.nullish(),
  keep_alive: keepAlive,
  think,
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
};

const toolCall = z.looseObject({
  id: z.string().nullish(),
  function: z.looseObject({
    name: z.string(),
    /** An object; some clients send it as text. */
    arguments: z.union([z.record(z.string(), z.unknown()), z.string()]).nullish(),
  }),
});

const images = z.array(z.unknown()).nullish();

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.string().nullish(),
  thinking: z.string().nullish(),
  images,
  tool_calls: z.array(toolCall).nullish(),
  tool_name: z.string().nullish(),
  tool_call_id: z.string().nullish(),
});
export type OllamaMessage = z.infer<typeof message>;

const tool = z.looseObject({
  type: z.string().nullish(),
  function: z
    .looseObject({
      name: z.string().min(1).max(256),
      description: z.string().nullish(),
      parameters: z.record(z.string(), z.unknown()).nullish(),
    })
    .optional(),
});

export const ollamaChatBody = z.looseObject({
  ...common,
  messages: z.array(message).nullish(),
  tools: z.array(tool).max(1_024).nullish(),
});
export type OllamaChatBody = z.infer<typeof ollamaChatBody>;

export const ollamaGenerateBody = z.looseObject({
  ...common,
  prompt: z.string().nullish(),
  suffix: z.string().nullish(),
  system: z.string().nullish(),
  template: z.string().nullish(),
  raw: z.boolean().nullish(),
  images,
  /** The tokens of an earlier answer, which Ollama gave up in favour of chats. */
  context: z.array(z.int()).nullish(),
});
export type OllamaGenerateBody = z.infer<typeof ollamaGenerateBody>;

export const ollamaEmbedBody = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(z.string()).max(10_000)]).nullish(),
  truncate: z.boolean().nullish(),
  dimensions: z.int().min(0).nullish(),
  options: options.nullish(),
  keep_alive: keepAlive,
});
export type OllamaEmbedBody = z.infer<typeof ollamaEmbedBody>;

export const ollamaEmbeddingsBody = z.looseObject({
  model: z.string().min(1),
  prompt: z.string().nullish(),
  options: options.nullish(),
  keep_alive: keepAlive,
});

/** Older clients call it `name`. */
const named = { model: z.string().nullish(), name: z.string().nullish() };

export const ollamaShowBody = z.looseObject({ ...named, verbose: z.boolean().nullish() });
export const ollamaDeleteBody = z.looseObject(named);
export const ollamaPullBody = z.looseObject({ ...named, stream: z.boolean().nullish() });
export const ollamaCopyBody = z.looseObject({
  source: z.string().min(1),
  destination: z.string().min(1),
});

export const ollamaCreateBody = z.looseObject({
  ...named,
  from: z.string().nullish(),
  parameters: options.nullish(),
  system: z.string().nullish(),
  stream: z.boolean().nullish(),
  template: z.string().nullish(),
  license: z.union([z.string(), z.array(z.string())]).nullish(),
  messages: z.array(z.unknown()).nullish(),
  files: z.record(z.string(), z.unknown()).nullish(),
  adapters: z.record(z.string(), z.unknown()).nullish(),
  quantize: z.string().nullish(),
  modelfile: z.string().nullish(),
});
export type OllamaCreateBody = z.infer<typeof ollamaCreateBody>;
