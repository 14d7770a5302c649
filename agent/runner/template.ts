import { contentText, ImpetusError, type PromptMessage } from '@impetus/contracts';
import { Template } from '@huggingface/jinja';

/** A character of Unicode's private use area that no tokenizer and no template knows. */
const cut = '\uE0FF';

export interface ChatTemplateOptions {
  /** Jinja source, as the GGUF carries it; null: the model brought none. */
  readonly source: string | null;
  readonly bosToken: string;
  readonly eosToken: string;
  /** Texts of the vocabulary's control tokens. */
  readonly controlTokens: readonly string[];
}

/** A conversation as text for the tokenizer. */
export interface RenderedPrompt {
  /**
   * Joined, these are the prompt. Control tokens are recognised inside a segment and never across two,
   * which is how one that a user merely typed stays text.
   */
  readonly segments: readonly string[];
  /** Where the model, left alone, would begin to speak for somebody else. */
  readonly stop: readonly string[];
}

/** Renders conversations by the model's own template; parsed once per model. */
export class ChatTemplate {
  readonly #template: Template | null;
  readonly #options: ChatTemplateOptions;
  readonly #control: RegExp | null;

  constructor(options: ChatTemplateOptions) {
    this.#options = options;
    this.#template = options.source === null ? null : parse(options.source);
    this.#control = controlPattern(options.controlTokens);
  }

  render(messages: readonly PromptMessage[]): RenderedPrompt {
    if (this.#template === null) return renderPlainly(messages);
    const safe = messages.map((message) => ({
      ...message,
      content: this.#disarm(contentText(message.content)),
    }));
    const text = run(this.#template, {
      messages: safe,
      add_generation_prompt: true,
      bos_token: this.#options.bosToken,
      eos_token: this.#options.eosToken,
    });
    return { segments: text.split(cut), stop: [] };
  }

  /** Cuts each control token that the content spells out, after its first character. */
  #disarm(content: string): string {
    if (this.#control === null) return content;
    return content.replace(this.#control, (token) => `${token.slice(0, 1)}${cut}${token.slice(1)}`);
  }
}

function controlPattern(tokens: readonly string[]): RegExp | null {
  const texts = tokens.filter((token) => token.length > 1).toSorted((a, b) => b.length - a.length);
  return texts.length === 0 ? null : new RegExp(texts.map((text) => RegExp.escape(text)).join('|'), 'gu');
}

function parse(source: string): Template {
  try {
    return new Template(source);
  } catch (error) {
    throw templateError("This model's chat template cannot be read", error);
  }
}

function run(template: Template, items: Record<string, unknown>): string {
  try {
    return template.render(items);
  } catch (error) {
    throw templateError("The model's chat template refused this conversation", error);
  }
}

function templateError(what: string, error: unknown): ImpetusError {
  const why = error instanceof Error ? error.message : String(error);
  return new ImpetusError('invalid_request', `${what}: ${why}`, { param: 'messages', cause: error });
}

/** For models that brought no template: a plain transcript, which any model trained on text can continue. */
function renderPlainly(messages: readonly PromptMessage[]): RenderedPrompt {
  const names: Record<string, string> = { user: 'User', assistant: 'Assistant' };
  const lines = messages.map(({ role, content }) => {
    const text = contentText(content);
    return names[role] ? `${names[role]}: ${text}` : text;
  });
  return { segments: [`${lines.join('\n\n')}\n\nAssistant:`], stop: ['\n\nUser:', '\nUser:'] };
}
