import { z } from 'zod';

/** Bodies of OpenAI's Responses API, as far as the agent reads them. Unknown fields pass, null means absent. */

const part = z.looseObject({ type: z.string(), text: z.string().nullish() });
const parts = z.array(part);
export type ResponsePart = z.infer<typeof part>;

/** A message; it may come without its type, and an answer that is handed back is one too. */
const messageItem = z.looseObject({
  type: z.literal('message').nullish(),
  id: z.string().nullish(),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), parts]),
});
export type ResponseMessageItem = z.infer<typeof messageItem>;

const reasoningItem = z.looseObject({
  type: z.literal('reasoning'),
  id: z.string().nullish(),
  summary: parts.nullish(),
  content: parts.nullish(),
});
export type ResponseReasoningItem = z.infer<typeof reasoningItem>;

const callNames = {
  id: z.string().nullish(),
  call_id: z.string().min(1),
  name: z.string().min(1),
  namespace: z.string().nullish(),
};

const functionCallItem = z.looseObject({
  type: z.literal('function_call'),
  ...callNames,
  arguments: z.string(),
});
export type ResponseFunctionCallItem = z.infer<typeof functionCallItem>;

const customCallItem = z.looseObject({
  type: z.literal('custom_tool_call'),
  ...callNames,
  input: z.string(),
});
export type ResponseCustomCallItem = z.infer<typeof customCallItem>;

const callOutputItem = z.looseObject({
  type: z.enum(['function_call_output', 'custom_tool_call_output']),
  id: z.string().nullish(),
  call_id: z.string().min(1),
  output: z.union([z.string(), parts]),
});
export type ResponseCallOutputItem = z.infer<typeof callOutputItem>;

/** Stands for an item of a response that was stored. */
const referenceItem = z.looseObject({ type: z.literal('item_reference').nullish(), id: z.string().min(1) });
export type ResponseReferenceItem = z.infer<typeof referenceItem>;

/** The items that say something to a model here. Others, such as searches on the web, are let pass. */
export type KnownResponseItem =
  | ResponseMessageItem
  | ResponseReasoningItem
  | ResponseFunctionCallItem
  | ResponseCustomCallItem
  | ResponseCallOutputItem
  | ResponseReferenceItem;

const itemSchemas = new Map<string, z.ZodType>([
  ['message', messageItem],
  ['reasoning', reasoningItem],
  ['function_call', functionCallItem],
  ['custom_tool_call', customCallItem],
  ['function_call_output', callOutputItem],
  ['custom_tool_call_output', callOutputItem],
  ['item_reference', referenceItem],
]);

/** What an item is; those without a type are messages, or references where they have no role. */
export function responseItemType(item: { readonly [field: string]: unknown }): string {
  const { type, role, id } = item;
  if (typeof type === 'string') return type;
  return role === undefined && typeof id === 'string' ? 'item_reference' : 'message';
}

/** Reads an object by the schema of its own type, so that a mistake is named where it is; other types pass. */
function byType<Loose extends z.ZodType<{ readonly [field: string]: unknown }>>(
  loose: Loose,
  schemaOf: (value: z.infer<Loose>) => z.ZodType | undefined,
): Loose {
  return loose.superRefine((value, context) => {
    const result = schemaOf(value)?.safeParse(value);
    for (const issue of result?.error?.issues ?? []) context.addIssue({ ...issue });
  });
}

const inputItem = byType(z.looseObject({ type: z.string().nullish() }), (item) =>
  itemSchemas.get(responseItemType(item)),
);
export type ResponseInputItem = z.infer<typeof inputItem>;

const functionTool = z.looseObject({
  type: z.literal('function'),
  name: z.string().min(1).max(256),
  description: z.string().nullish(),
  parameters: z.union([z.record(z.string(), z.unknown()), z.boolean()]).nullish(),
  strict: z.boolean().nullish(),
});
export type ResponseFunctionTool = z.infer<typeof functionTool>;

/** Its input is free text, by a grammar that is told to the model. */
const customTool = z.looseObject({
  type: z.literal('custom'),
  name: z.string().min(1).max(256),
  description: z.string().nullish(),
  format: z.looseObject({ type: z.string(), definition: z.string().nullish() }).nullish(),
});
export type ResponseCustomTool = z.infer<typeof customTool>;

const typed = z.looseObject({ type: z.string() });
const ownTools = new Map<string, z.ZodType>([
  ['function', functionTool],
  ['custom', customTool],
]);

const namespaceTool = z.looseObject({
  type: z.literal('namespace'),
  name: z.string().min(1).max(256),
  description: z.string().nullish(),
  tools: z.array(byType(typed, ({ type }) => ownTools.get(type))),
});
export type ResponseNamespaceTool = z.infer<typeof namespaceTool>;

/** Functions, free text, and namespaces of both. Tools of other types run elsewhere and are let pass. */
const tool = byType(typed, ({ type }) => (type === 'namespace' ? namespaceTool : ownTools.get(type)));
export type ResponseTool = z.infer<typeof tool>;

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.looseObject({
    type: z.string(),
    name: z.string().nullish(),
    namespace: z.string().nullish(),
    mode: z.enum(['auto', 'required']).nullish(),
    tools: z.array(z.looseObject({ name: z.string().nullish(), namespace: z.string().nullish() })).nullish(),
  }),
]);
export type ResponseToolChoice = z.infer<typeof toolChoice>;

const textFormat = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    name: z.string(),
    schema: z.record(z.string(), z.unknown()),
    strict: z.boolean().nullish(),
    description: z.string().nullish(),
  }),
]);
export type ResponseTextFormat = z.infer<typeof textFormat>;

export const responseBody = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(inputItem)]).nullish(),
  instructions: z.string().nullish(),
  previous_response_id: z.string().min(1).nullish(),
  store: z.boolean().nullish(),
  stream: z.boolean().nullish(),
  background: z.boolean().nullish(),
  max_output_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  include: z.array(z.string()).nullish(),
  tools: z.array(tool).max(1_024).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z
    .looseObject({ format: textFormat.nullish(), verbosity: z.enum(['low', 'medium', 'high']).nullish() })
    .nullish(),
  reasoning: z
    .looseObject({
      effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
      summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
      generate_summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
    })
    .nullish(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().max(64).nullish(),
  prompt_cache_key: z.string().nullish(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
  max_tool_calls: z.int().min(1).nullish(),
  conversation: z.unknown().optional(),
  prompt: z.unknown().optional(),
  // What OpenAI's other endpoints and llama.cpp's server take too.
  seed: z.int().nullish(),
  top_k: z.int().min(0).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  /** More variables for the model's template. */
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
});
export type ResponseBody = z.infer<typeof responseBody>;

const count = z.coerce.number().pipe(z.int().min(1).max(100));

export const inputItemsQuery = z.looseObject({
  limit: count.default(20),
  order: z.enum(['asc', 'desc']).default('desc'),
  after: z.string().optional(),
});
export type InputItemsQuery = z.infer<typeof inputItemsQuery>;
