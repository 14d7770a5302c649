import {
  callsGrammar,
  grammarBehind,
  type CallBeginning,
  type CallGrammarOptions,
  type ToolSyntax,
} from '@impetus/chat';
import { ImpetusError, type JsonSchema, type ToolDefinition } from '@impetus/contracts';
import { anyObjectGrammar, grammarFor, UnsupportedSchema } from '@impetus/grammar';

/** How many sets of tools are remembered; a client sends the same with every request. */
const kept = 16;

export interface CallRulesOptions {
  readonly syntax: ToolSyntax;
  readonly tools: readonly ToolDefinition[];
  readonly several: boolean;
}

/** The grammars of one set of tools, each written when it is first needed. */
export class CallRules {
  readonly #options: CallGrammarOptions;
  readonly #behind = new Map<string, string>();
  #whole: string | null = null;

  /** Throws a refusal, which names the keyword, for a strict tool whose schema cannot be honoured. */
  constructor({ syntax, tools, several }: CallRulesOptions) {
    for (const tool of tools.filter(({ strict }) => strict === true)) refuseUnsupported(tool);
    this.#options = { syntax, tools, several, schemaGrammar: lenientGrammar };
  }

  /** Of an answer that is nothing but calls. */
  get whole(): string {
    this.#whole ??= callsGrammar(this.#options);
    return this.#whole;
  }

  /** Of what follows where calls have begun. */
  behind(beginning: CallBeginning): string {
    const key = `${beginning.mark ?? ''}\n${beginning.tool ?? ''}`;
    const known = this.#behind.get(key) ?? grammarBehind(this.#options, beginning);
    this.#behind.set(key, known);
    return known;
  }
}

/** Remembers the rules of the sets of tools that were used last. */
export class CallRulesCache {
  readonly #rules = new Map<string, CallRules>();

  of(options: CallRulesOptions): CallRules {
    const key = JSON.stringify(options);
    const rules = this.#rules.get(key) ?? new CallRules(options);
    this.#rules.delete(key);
    this.#rules.set(key, rules);
    const [oldest] = this.#rules.keys();
    if (this.#rules.size > kept && oldest !== undefined) this.#rules.delete(oldest);
    return rules;
  }
}

/** A schema that no grammar can promise leaves any JSON: a tool checks its arguments itself. */
function lenientGrammar(schema: JsonSchema): string {
  try {
    return grammarFor(schema);
  } catch (error) {
    if (!(error instanceof UnsupportedSchema)) throw error;
    const { type } = typeof schema === 'object' ? schema : {};
    return type === 'object' ? anyObjectGrammar() : grammarFor(true);
  }
}

function refuseUnsupported({ name, parameters }: ToolDefinition): void {
  try {
    grammarFor(parameters ?? { type: 'object' });
  } catch (error) {
    if (!(error instanceof UnsupportedSchema)) throw error;
    throw new ImpetusError(
      'invalid_request',
      `The parameters of the tool ${name} cannot be kept strictly: ${error.message}`,
      { param: 'tools', detail: 'invalid_value', cause: error },
    );
  }
}
