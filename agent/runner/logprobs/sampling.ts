import type { LlamaGrammarEvaluationState, Token } from 'node-llama-cpp';
import type { Engine } from '../engine.ts';
import type { EvaluateOptions } from '../sampling.ts';
import { choose, seededRandom, type Chosen } from './choose.ts';

/**
 * Chooses tokens from their probabilities, for requests that want to see them. The engine tells probabilities only
 * for what is left after its own choice, so it is asked for no choice at all.
 */
export class LogprobSampling {
  readonly #engine: Engine;
  readonly #options: EvaluateOptions;
  readonly #top: number;
  readonly #state: () => LlamaGrammarEvaluationState | undefined;
  readonly #random: () => number;

  /** `top`: how many of the likeliest are told. `state`: of the grammar that holds now. */
  constructor(
    engine: Engine,
    options: EvaluateOptions,
    top: number,
    state: () => LlamaGrammarEvaluationState | undefined,
  ) {
    this.#engine = engine;
    this.#options = options;
    this.#top = top;
    this.#state = state;
    this.#random = seededRandom(options.seed);
  }

  choose({ probabilities }: { readonly probabilities?: ReadonlyMap<Token, number> }): Chosen {
    const { model, steering } = this.#engine;
    const { temperature, topK, topP, minP } = this.#options;
    const state = this.#state();
    const chosen = choose(model, probabilities ?? new Map(), {
      sampling: { temperature, topK, topP, minP },
      random: this.#random,
      admits: (token) => state === undefined || steering.states.admits(state, token),
      top: this.#top,
    });
    if (state !== undefined && !model.isEogToken(chosen.token)) steering.states.accept(state, chosen.token);
    return chosen;
  }
}
