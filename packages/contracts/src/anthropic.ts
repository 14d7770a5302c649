import { z } from 'zod';

/**
 * Bodies that Anthropic's clients send, as far as the agent reads them. Unknown fields pass, null means absent,
 * ranges are those of Anthropic's API reference.
 */

/** Any block of content; which of its fields are there depends on its type. */
const contentBlock = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  thinking: z.string().nullish(),
  /** Of a call: its id, its tool, what it is given. */
  id: z.string().nullish(),
  name: z.string().nullish(),
  input: z.unknown().optional(),
  /** Of a call's answer: the call, what came out, whether it failed. */
  tool_use_id: z.string().nullish(),
  /** Text or blocks; read by the block that has it. */
  content: z.unknown().optional(),
  is_error: z.boolean().nullish(),
  /** Of a reference: the tool that was found. */
  tool_name: z.string().nullish(),
  /** Of a document or a picture. */
  source: z.unknown().optional(),
  title: z.string().nullish(),
  context: z.string().nullish(),
});
export type AnthropicBlock = z.infer<typeof contentBlock>;

const content = z.union([z.string(), z.array(contentBlock)]);
export type AnthropicContent = z.infer<typeof content>;
export const anthropicContent = content;

/** Where a document's text stands; those of other types hold no text. */
export const anthropicSource = z.looseObject({
  type: z.string(),
  media_type: z.string().nullish(),
  data: z.string().nullish(),
  content: content.nullish(),
});

const message = z.looseObject({
  role: z.enum(['user', 'assistant', 'system']),
  content,
});
export type AnthropicMessage = z.infer<typeof message>;

/** Tools with a type of their own run on Anthropic's machines or need its models; they are let pass and left out. */
const tool = z.looseObject({
  type: z.string().nullish(),
  name: z.string().min(1).max(256).nullish(),
  description: z.string().nullish(),
  input_schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]).nullish(),
  strict: z.boolean().nullish(),
  /** Offered only once an answer of a tool has named it. */
  defer_loading: z.boolean().nullish(),
});
export type AnthropicTool = z.infer<typeof tool>;

const parallel = { disable_parallel_tool_use: z.boolean().nullish() };
const toolChoice = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('auto'), ...parallel }),
  z.looseObject({ type: z.literal('any'), ...parallel }),
  z.looseObject({ type: z.literal('tool'), name: z.string(), ...parallel }),
  z.looseObject({ type: z.literal('none') }),
]);
export type AnthropicToolChoice = z.infer<typeof toolChoice>;

const thinking = z.looseObject({
  type: z.enum(['enabled', 'disabled', 'adaptive', 'between_tools']),
  budget_tokens: z.int().min(1).nullish(),
  display: z.enum(['summarized', 'omitted']).nullish(),
});

const outputConfig = z.looseObject({
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
  format: z
    .looseObject({
      type: z.literal('json_schema'),
      schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]),
    })
    .nullish(),
});

/** What decides the prompt; all of a request to count its tokens. */
export const countTokensBody = z.looseObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  system: content.nullish(),
  tools: z.array(tool).max(1_024).nullish(),
  tool_choice: toolChoice.nullish(),
  thinking: thinking.nullish(),
  output_config: outputConfig.nullish(),
});
export type CountTokensBody = z.infer<typeof countTokensBody>;

export const messagesBody = countTokensBody.extend({
  max_tokens: z.int().min(0),
  stream: z.boolean().nullish(),
  stop_sequences: z.array(z.string()).max(64).nullish(),
  temperature: z.number().min(0).max(1).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(0).max(1_000_000).nullish(),
});
export type MessagesBody = z.infer<typeof messagesBody>;

/** Which part of the list of models is asked for. */
export const modelListQuery = z.looseObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(20),
  after_id: z.string().optional(),
  before_id: z.string().optional(),
});
export type ModelListQuery = z.infer<typeof modelListQuery>;
