import { detectFormat, explainable, generalSyntax, toolObject, type ChatFormat } from '@impetus/chat';
import {
  ImpetusError,
  type ChatPrompt,
  type ModelCapabilities,
  type PromptMessage,
  type ToolDefinition,
} from '@impetus/contracts';
import { adaptMessages } from './adapt.ts';
import { chatml } from './chatml.ts';
import { cut, disarmDeeply, disarmer, type Disarm } from './control-tokens.ts';
import { probeTemplate, type TemplateFacts } from './facts.ts';
import { parseTemplate, type JinjaMessage, type JinjaTemplate } from './jinja.ts';
import { closedThinking, endsInThinking, thinkingVariables, wantsThinking } from './thinking.ts';

export interface ChatTemplateOptions {
  /** Jinja source, as the GGUF carries it; null: the model brought none. */
  readonly source: string | null;
  readonly bosToken: string;
  readonly eosToken: string;
  /** Texts of the vocabulary's control tokens. */
  readonly controlTokens: readonly string[];
}

/** A conversation as text for the tokenizer, and how the answer to it is read. */
export interface RenderedPrompt {
  /**
   * Joined, these are the prompt. Control tokens are recognised inside a segment and never across two,
   * which is how one that a user merely typed stays text.
   */
  readonly segments: readonly string[];
  /** Where the model, left alone, would begin to speak for somebody else. */
  readonly stop: readonly string[];
  readonly format: ChatFormat;
  /** The prompt ends inside of thinking. */
  readonly thinkingOpen: boolean;
  /** Those that may be called. */
  readonly tools: readonly ToolDefinition[];
}

/** Renders conversations by the model's own template; parsed once per model. */
export class ChatTemplate {
  readonly format: ChatFormat;
  readonly facts: TemplateFacts;
  readonly #template: JinjaTemplate;
  readonly #options: ChatTemplateOptions;
  readonly #disarm: Disarm;
  readonly #stop: readonly string[];

  constructor(options: ChatTemplateOptions) {
    this.#options = options;
    const fallback = options.source === null ? chatml(options.controlTokens) : null;
    const source = options.source ?? fallback?.source ?? '';
    this.#stop = fallback?.stop ?? [];
    this.#template = parseTemplate(source);
    this.#disarm = disarmer(options.controlTokens);
    const found = detectFormat(source);
    this.facts = trusted(probeTemplate(this.#template, source, this.#base()), found);
    this.format = formatOf(found, this.facts);
  }

  get capabilities(): Omit<ModelCapabilities, 'infill'> {
    return {
      chat: this.#options.source !== null,
      tools: this.facts.tools,
      reasoning: this.format.thinks,
      reasoningChoice: this.format.thinkingChoice,
    };
  }

  /** Throws a refusal in the template's own words. */
  render(prompt: ChatPrompt): RenderedPrompt {
    const tools = callableTools(prompt);
    try {
      return this.#render(prompt, tools, this.facts, this.format);
    } catch (error) {
      if (tools.length === 0 || !this.facts.tools) throw error;
      return this.#renderGenerally(prompt, tools, error);
    }
  }

  /** Some templates cannot write every schema: then the tools are told in the general way. */
  #renderGenerally(prompt: ChatPrompt, tools: readonly ToolDefinition[], reason: unknown): RenderedPrompt {
    const told = explainable(this.format.tools);
    const facts = { ...this.facts, tools: false, ...(told !== this.format.tools && { calls: null }) };
    try {
      return this.#render(prompt, tools, facts, { ...this.format, tools: told });
    } catch {
      throw reason;
    }
  }

  #render(
    prompt: ChatPrompt,
    tools: readonly ToolDefinition[],
    facts: TemplateFacts,
    format: ChatFormat,
  ): RenderedPrompt {
    const messages = adaptMessages(withToolNames(prompt.messages), tools, facts, format.tools);
    const text = this.#write(
      prompt,
      disarmDeeply(messages, this.#disarm),
      toolVariable(tools, facts, this.#disarm),
    );
    const open = endsInThinking(text, format);
    const unwanted = open && wantsThinking(prompt.reasoning ?? {}) === false;
    const whole = unwanted ? `${text}${closedThinking(text, format)}` : text;
    return {
      segments: whole.split(cut),
      stop: this.#stop,
      format,
      thinkingOpen: open && !unwanted,
      tools,
    };
  }

  #write(prompt: ChatPrompt, messages: readonly JinjaMessage[], tools: ToolVariable): string {
    const continues = prompt.continueFinal === true && messages.at(-1)?.role === 'assistant';
    const text = this.#template({
      ...this.#base(),
      ...thinkingVariables(prompt.reasoning ?? {}),
      ...prompt.templateVariables,
      messages,
      ...tools,
      add_generation_prompt: !continues,
    });
    return continues ? upToEndOf(text, messages.at(-1)?.content) : text;
  }

  #base(): Readonly<Record<string, unknown>> {
    return { bos_token: this.#options.bosToken, eos_token: this.#options.eosToken };
  }
}

interface ToolVariable {
  readonly tools?: readonly unknown[];
}

function toolVariable(tools: readonly ToolDefinition[], facts: TemplateFacts, disarm: Disarm): ToolVariable {
  if (facts.tools && tools.length > 0) return { tools: disarmDeeply(tools.map(toolObject), disarm) };
  return facts.emptyTools ? { tools: [] } : {};
}

/** Tools in a syntax that nobody here reads are told in the general form instead. */
function trusted(facts: TemplateFacts, { family }: ChatFormat): TemplateFacts {
  if (family === 'general') return { ...facts, tools: false, calls: null, toolAnswers: false };
  return facts.tools || facts.calls !== null ? facts : { ...facts, toolAnswers: false };
}

/** Where the template writes neither tools nor calls, the general form is told and read. */
function formatOf(format: ChatFormat, facts: TemplateFacts): ChatFormat {
  if (facts.tools) return format;
  const tools = facts.calls === null ? generalSyntax : explainable(format.tools);
  // Channels are how such a model writes everything, tools or not.
  return { ...format, tools: format.tools.kind === 'harmony' ? format.tools : tools, toolsInTemplate: false };
}

function callableTools({ tools = [], toolChoice }: ChatPrompt): readonly ToolDefinition[] {
  if (toolChoice === 'none') return [];
  if (typeof toolChoice === 'object' && !tools.some(({ name }) => name === toolChoice.name)) {
    throw new ImpetusError(
      'invalid_request',
      `tool_choice names ${toolChoice.name}, which is none of the tools. Name one of: ${tools.map(({ name }) => name).join(', ')}.`,
      { param: 'tool_choice', detail: 'invalid_value' },
    );
  }
  return tools;
}

/** Answers of tools know the call that they answer; templates want the tool's name too. */
function withToolNames(messages: readonly PromptMessage[]): readonly PromptMessage[] {
  const names = new Map<string, string>();
  return messages.map((message) => {
    for (const { id, name } of message.toolCalls ?? []) names.set(id, name);
    if (message.role !== 'tool' || message.toolName !== undefined) return message;
    const toolName = names.get(message.toolCallId ?? '');
    return toolName === undefined ? message : { ...message, toolName };
  });
}

/** Without what the template puts behind a finished message. */
function upToEndOf(text: string, content: JinjaMessage['content'] | undefined): string {
  const last = typeof content === 'string' ? content : (content?.at(-1)?.text ?? '');
  for (const wanted of [last, last.trim()]) {
    const index = wanted === '' ? -1 : text.lastIndexOf(wanted);
    if (index >= 0) return text.slice(0, index + wanted.length);
  }
  return text;
}
