/** Who says a message. `developer` is `system` for templates that do not tell them apart. */
export type PromptRole = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

/** A call of a tool that an assistant made in an earlier message. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as text: exactly what the model wrote. */
  readonly arguments: string;
}

/** A message as a chat template receives it. */
export interface PromptMessage {
  readonly role: PromptRole;
  /** Several texts where the client sent several parts; empty beside tool calls. */
  readonly content: string | readonly string[];
  readonly name?: string;
  /** Of an assistant: the tools it called. */
  readonly toolCalls?: readonly ToolCall[];
  /** Of an assistant: what it thought, handed back by the client. */
  readonly reasoning?: string;
  /** Of a tool: the call that it answers. */
  readonly toolCallId?: string;
  /** Of a tool: its name; found by the call where it is absent. */
  readonly toolName?: string;
}

/** A message's texts as one, for templates and readers that know no parts. */
export function contentText(content: PromptMessage['content']): string {
  return typeof content === 'string' ? content : content.join('\n');
}

/** A tool that the model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** A JSON Schema of an object; absent: without parameters. */
  readonly parameters?: JsonSchema;
  /** A schema that cannot be honoured is refused; otherwise the arguments are only kept to JSON. */
  readonly strict?: boolean;
}

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** `auto`: the model decides; `required`: at least one call; by name: a call of that tool. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** How much of an answer may be thinking, for models that think. */
export interface ReasoningOptions {
  /** False: not at all, where the template can switch it off; absent: as the model does by itself. */
  readonly enabled?: boolean;
  readonly effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh';
  /** In tokens; after so many the thinking is closed. */
  readonly budget?: number;
}

/** A conversation to be continued. Rendered in the runner, by the model's own template. */
export interface ChatPrompt {
  readonly kind: 'chat';
  readonly messages: readonly PromptMessage[];
  readonly tools?: readonly ToolDefinition[];
  /** Absent: `auto`. */
  readonly toolChoice?: ToolChoice;
  /** False: one call at most; absent: several where the model makes them. */
  readonly parallelToolCalls?: boolean;
  readonly reasoning?: ReasoningOptions;
  /** The last message is an assistant's and unfinished: the answer goes on in it. */
  readonly continueFinal?: boolean;
  /** More variables for the template, by their own names (`chat_template_kwargs`). */
  readonly templateVariables?: Readonly<Record<string, unknown>>;
}

/** Code with a gap: filled by the model's own fill-in-the-middle tokens. */
export interface InfillPrompt {
  readonly kind: 'infill';
  readonly prefix: string;
  readonly suffix: string;
  /** Other files of the same repository, nearest last. */
  readonly files?: readonly { readonly path: string; readonly text: string }[];
}

/** What is to be continued. */
export type Prompt =
  | ChatPrompt
  | InfillPrompt
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tokens'; readonly tokens: readonly number[] };
