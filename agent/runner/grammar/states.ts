import {
  LlamaGrammar,
  LlamaGrammarEvaluationState,
  type Llama,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import { ImpetusError } from '@impetus/contracts';
import { refuseDeepGroups } from './groups.ts';

/** How many grammars are kept ready; clients send the same few again and again. */
const kept = 64;

/**
 * What the library does with a grammar while it samples, for tokens that were written before the grammar took over.
 * Its public surface has no way to tell a grammar of them; the version is pinned, and `bindings` looks before it takes.
 */
interface GrammarBindings {
  canBeNextTokenForGrammarEvaluationState(state: unknown, token: Token): boolean;
  acceptGrammarEvaluationStateToken(state: unknown, token: Token): void;
}

/** Grammars of one model: each is read once, and every answer begins with a copy of its first state. */
export class GrammarStates {
  readonly #model: LlamaModel;
  readonly #bindings: GrammarBindings;
  readonly #first = new Map<string, LlamaGrammarEvaluationState>();

  constructor(model: LlamaModel) {
    this.#model = model;
    this.#bindings = bindings(model.llama);
  }

  /** Throws a refusal where the text is no grammar. */
  begin(grammar: string): LlamaGrammarEvaluationState {
    const known = this.#first.get(grammar) ?? this.#read(grammar);
    // The latest comes last, so that the first is the one that was not used for the longest time.
    this.#first.delete(grammar);
    this.#first.set(grammar, known);
    const [oldest] = this.#first.keys();
    if (this.#first.size > kept && oldest !== undefined) this.#first.delete(oldest);
    return known.clone();
  }

  admits(state: LlamaGrammarEvaluationState, token: Token): boolean {
    return this.#bindings.canBeNextTokenForGrammarEvaluationState(inside(state), token);
  }

  accept(state: LlamaGrammarEvaluationState, token: Token): void {
    this.#bindings.acceptGrammarEvaluationStateToken(inside(state), token);
  }

  /** Tells the state of a text that is there already; false: the grammar does not admit it. */
  acceptText(state: LlamaGrammarEvaluationState, text: string): boolean {
    for (const token of this.#model.tokenize(text, true, 'trimLeadingSpace')) {
      if (!this.admits(state, token)) return false;
      this.accept(state, token);
    }
    return true;
  }

  #read(grammar: string): LlamaGrammarEvaluationState {
    refuseDeepGroups(grammar);
    try {
      const { llama } = this.#model;
      return new LlamaGrammarEvaluationState({
        model: this.#model,
        grammar: new LlamaGrammar(llama, { grammar }),
      });
    } catch (error) {
      throw new ImpetusError(
        'invalid_request',
        'The grammar cannot be read. It has to be GBNF with a rule named root, and every rule that it names.',
        { param: 'grammar', detail: 'invalid_value', cause: error },
      );
    }
  }
}

function bindings(llama: Llama): GrammarBindings {
  const { _bindings: found } = llama as unknown as {
    _bindings?: { AddonSampler?: Partial<GrammarBindings> };
  };
  const sampler = found?.AddonSampler;
  if (
    typeof sampler?.canBeNextTokenForGrammarEvaluationState !== 'function' ||
    typeof sampler.acceptGrammarEvaluationStateToken !== 'function'
  ) {
    throw new Error('This version of node-llama-cpp keeps its grammars elsewhere.');
  }
  return sampler as GrammarBindings;
}

function inside(state: LlamaGrammarEvaluationState): unknown {
  return (state as unknown as { _state: unknown })._state;
}
