import { answerGrammar, type ChatFormat } from '@impetus/chat';
import type { Generation } from '@impetus/contracts';
import type { LlamaGrammarEvaluationState, LlamaModel, Token } from 'node-llama-cpp';
import type { Turn } from '../answer/answer-reader.ts';
import type { RenderedPrompt } from '../templates/chat-template.ts';
import { wantsThinking } from '../templates/thinking.ts';
import type { CallRules, CallRulesCache } from './call-rules.ts';
import type { GrammarStates } from './states.ts';

export interface SteeringParts {
  readonly model: LlamaModel;
  readonly states: GrammarStates;
  readonly rules: CallRulesCache;
}

interface RunParts extends SteeringParts {
  /** Tokens are guessed ahead, without a grammar that was not there yet: then none takes over in the middle. */
  readonly guesses: boolean;
}

/**
 * Keeps an answer to what it has to be: to a grammar from its beginning or from the end of its thinking on, to calls
 * that can be read from where they begin, and to so much thinking.
 */
export class Steering {
  readonly #parts: RunParts;
  readonly #format: ChatFormat | null;
  readonly #calls: CallRules | null;
  /** What follows the thinking; null: anything. */
  readonly #body: string | null;
  readonly #budget: number | null;
  #state: LlamaGrammarEvaluationState | undefined;
  #forced: Token[] = [];

  /** Throws a refusal for a grammar that cannot be read. */
  constructor(parts: RunParts, generation: Generation, chat: RenderedPrompt | null) {
    const { prompt, grammar = null } = generation;
    this.#parts = parts;
    this.#format = chat?.format ?? null;
    this.#calls = chat === null ? null : callRules(parts, generation, chat);
    this.#budget = prompt.kind === 'chat' && chat?.format.thinks ? (prompt.reasoning?.budget ?? null) : null;
    if (chat === null || this.#format === null) {
      this.#body = grammar;
      if (grammar !== null) this.#state = parts.states.begin(grammar);
      return;
    }
    const bodies = bodiesOf(generation, this.#calls);
    this.#body = bodies.length === 0 ? null : answerGrammar(bodies, this.#format, false);
    if (bodies.length === 0) return;
    const mayThink = chat.format.thinks && wantsThinking(asChat(generation)?.reasoning ?? {}) !== false;
    const whole = answerGrammar(bodies, this.#format, mayThink);
    const first = parts.states.begin(whole);
    // Behind thinking that the prompt opened, the grammar waits for its end.
    if (!chat.thinkingOpen) this.#state = first;
  }

  /** The answer has to be read after each token: a grammar may take over, or its thinking be at an end. */
  get reads(): boolean {
    const mayTakeOver = this.#calls !== null || (this.#body !== null && this.#format !== null);
    return this.#budget !== null || (mayTakeOver && this.#state === undefined);
  }

  /** Some grammar may take over, now or later. */
  get constrains(): boolean {
    return this.#body !== null || this.#calls !== null;
  }

  /** Of the grammar that the next token has to follow; undefined: none. */
  readonly state = (): LlamaGrammarEvaluationState | undefined => this.#state;

  /** The answer turned: a grammar may take over, with what is there already. */
  readonly turn = (turn: Turn): void => {
    if (this.#state !== undefined || this.#parts.guesses) return;
    const grammar = turn.kind === 'thought' ? this.#body : (this.#calls?.behind(turn) ?? null);
    if (grammar === null) return;
    const state = this.#parts.states.begin(grammar);
    // What is there already may be nothing that the grammar knows; then the answer stays free.
    if (this.#parts.states.acceptText(state, turn.after)) this.#state = state;
  };

  /** The token that is to be written in place of the one that was chosen. */
  next(chosen: Token, thinking: boolean, reasoningTokens: number): Token {
    if (thinking && this.#budget !== null && this.#forced.length === 0 && reasoningTokens >= this.#budget) {
      this.#forced = this.#endOfThinking();
      this.#state = undefined;
    }
    return this.#forced.shift() ?? chosen;
  }

  #endOfThinking(): Token[] {
    const { model } = this.#parts;
    if (this.#format?.tools.kind === 'harmony') {
      return model.tokenize('<|end|><|start|>assistant<|channel|>final<|message|>', true, 'trimLeadingSpace');
    }
    return model.tokenize(`\n${this.#format?.thinking.close ?? ''}\n\n`, true, 'trimLeadingSpace');
  }
}

function asChat({ prompt }: Generation) {
  return prompt.kind === 'chat' ? prompt : null;
}

function callRules({ rules }: SteeringParts, generation: Generation, chat: RenderedPrompt): CallRules | null {
  const { toolChoice, parallelToolCalls } = asChat(generation) ?? {};
  const named = typeof toolChoice === 'object' ? toolChoice.name : null;
  const tools = chat.tools.filter(({ name }) => named === null || name === named);
  if (tools.length === 0) return null;
  return rules.of({
    syntax: chat.format.tools,
    tools,
    several: parallelToolCalls !== false && named === null,
  });
}

/** What an answer may be, apart from its thinking; none: anything. */
function bodiesOf(generation: Generation, calls: CallRules | null) {
  const { grammar = null } = generation;
  const { toolChoice } = asChat(generation) ?? {};
  const called = calls === null ? [] : [{ kind: 'calls', grammar: calls.whole } as const];
  if (toolChoice === 'required' || typeof toolChoice === 'object') return called;
  return grammar === null ? [] : [{ kind: 'text', grammar } as const, ...called];
}
