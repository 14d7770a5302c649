import { z } from 'zod';
import { llamaSampling } from './llama-sampling.ts';

/** Bodies of llama.cpp's own endpoints, as far as the agent reads them. Unknown fields pass, null means absent. */

const tokens = z.array(z.int().min(0)).min(1);

const named = { model: z.string().min(1).nullish() };

/** By token, as pairs or as an object; false bans a token. */
const bias = z.union([z.number(), z.literal(false)]);
const logitBias = z.union([
  z.array(z.tuple([z.int().min(0), bias])),
  z.record(z.string().regex(/^\d+$/u, 'It has to be the number of a token'), bias),
]);

const common = {
  ...named,
  stream: z.boolean().nullish(),
  /** Negative: until the model ends. */
  n_predict: z.int().nullish(),
  ...llamaSampling,
  xtc_probability: z.number().min(0).max(1).nullish(),
  xtc_threshold: z.number().min(0).max(1).nullish(),
  dry_multiplier: z.number().min(0).max(10).nullish(),
  dry_base: z.number().min(1).max(10).nullish(),
  dry_allowed_length: z.int().min(0).max(4_096).nullish(),
  seed: z.int().nullish(),
  ignore_eos: z.boolean().nullish(),
  /** GBNF that the answer follows. */
  grammar: z.string().max(1_000_000).nullish(),
  json_schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]).nullish(),
  /** How many of the likeliest tokens are told beside each one. */
  n_probs: z.int().min(0).max(20).nullish(),
  logit_bias: logitBias.nullish(),
};

/** What both endpoints that write text read. */
const commonFields = z.looseObject(common);
export type LlamaCommonFields = z.infer<typeof commonFields>;

export const llamaCompletionBody = z.looseObject({
  ...common,
  prompt: z.union([z.string(), z.array(z.string()).min(1).max(1, 'One prompt at a time'), tokens]),
});
export type LlamaCompletionBody = z.infer<typeof llamaCompletionBody>;

export const llamaInfillBody = z.looseObject({
  ...common,
  input_prefix: z.string().nullish(),
  input_suffix: z.string().nullish(),
  /** Other files of the same repository, nearest last. */
  input_extra: z
    .array(z.looseObject({ filename: z.string().nullish(), text: z.string() }))
    .max(1_000)
    .nullish(),
  /** The beginning of what fills the gap. */
  prompt: z.string().nullish(),
});
export type LlamaInfillBody = z.infer<typeof llamaInfillBody>;

export const llamaTokenizeBody = z.looseObject({
  ...named,
  content: z.string(),
  add_special: z.boolean().nullish(),
  parse_special: z.boolean().nullish(),
  with_pieces: z.boolean().nullish(),
});

export const llamaDetokenizeBody = z.looseObject({ ...named, tokens: z.array(z.int().min(0)) });

const templateMessage = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string() }))]).nullish(),
  reasoning_content: z.string().nullish(),
  tool_call_id: z.string().nullish(),
  tool_calls: z
    .array(
      z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string() }) }),
    )
    .nullish(),
});
export type LlamaTemplateMessage = z.infer<typeof templateMessage>;

export const llamaTemplateBody = z.looseObject({
  ...named,
  messages: z.array(templateMessage).min(1),
  tools: z
    .array(
      z.looseObject({
        type: z.string().nullish(),
        function: z
          .looseObject({
            name: z.string().min(1),
            description: z.string().nullish(),
            parameters: z.union([z.record(z.string(), z.unknown()), z.boolean()]).nullish(),
          })
          .optional(),
      }),
    )
    .nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
});

const texts = z.union([z.string(), z.array(z.string()).max(10_000), tokens]);
export const llamaEmbeddingBody = z.looseObject({
  ...named,
  content: texts.nullish(),
  input: texts.nullish(),
});

export const llamaModelBody = z.looseObject({ model: z.string().min(1) });
export const llamaModelQuery = z.looseObject({ model: z.string().min(1).optional() });
