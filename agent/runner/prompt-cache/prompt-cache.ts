import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Engine } from '../engine.ts';
import type { Place } from '../place.ts';
import { commonPrefixLength } from '../plan.ts';
import { planAdmission, worthKeeping, type Admission } from './admission.ts';
import { originOf } from './state-record.ts';
import { StateStore } from './state-store.ts';
import { onlyIn, viewPlaces, viewStates, type Abilities } from './views.ts';

/** After so long no further history is written to disk: whoever ends the process does not wait for ever. */
const keepForMs = 1_000;

/**
 * Knows which histories there are, in places and on disk, and brings a prompt and the longest beginning
 * of it that is held anywhere together.
 */
export class PromptCache {
  readonly #places: readonly Place[];
  readonly #store: StateStore | null;
  readonly #abilities: Abilities;

  constructor({ promptCache, settings, model }: Engine, places: readonly Place[]) {
    this.#places = places;
    const build = `${model.llama.llamaCppRelease.release} ${model.llama.gpu}`;
    this.#store =
      promptCache === null
        ? null
        : StateStore.open(promptCache, () => originOf(promptCache, settings, build));
    this.#abilities = {
      cuts: places[0]?.sequence.needsCheckpoints !== true,
      keepable: (id, common) => {
        const place = places[id];
        return place === undefined ? 0 : keepable(place.sequence, common);
      },
    };
  }

  /** Decides where a prompt begins. */
  plan(prompt: readonly Token[]): Admission {
    const states = this.#store?.states ?? [];
    const contextSize = this.#places[0]?.sequence.contextSize ?? 0;
    return planAdmission(
      prompt.length,
      viewPlaces(
        prompt,
        this.#places.map((place) => place.holding()),
        states,
        this.#abilities,
      ),
      viewStates(prompt, states, contextSize, this.#abilities),
      this.#store?.working === true,
    );
  }

  /**
   * Makes a place hold the longest beginning of a prompt that was decided on, and nothing else.
   * Returns how many tokens that is.
   */
  async prepare(
    { sequence }: Place,
    prompt: readonly Token[],
    { spill, source }: Extract<Admission, { kind: 'begin' }>,
  ): Promise<number> {
    if (spill) await this.#store?.save(sequence);
    if (source.kind !== 'own') await sequence.clearHistory();
    if (source.kind === 'state') await this.#store?.restore(source.id, sequence);
    const from = source.kind === 'place' ? this.#places[source.id] : undefined;
    if (from !== undefined) await this.#store?.copy(from.sequence, sequence);
    const common = commonPrefixLength(sequence.contextTokens, prompt);
    const kept = keepable(sequence, Math.min(common, prompt.length - 1));
    await sequence.adaptStateToTokens(prompt.slice(0, kept), false);
    return sequence.nextTokenIndex;
  }

  /** Writes to disk what is worth keeping, the latest first, as far as there is time. Nobody may be at work. */
  async close(): Promise<void> {
    if (this.#store === null) return;
    const startedAt = performance.now();
    for (const place of this.#places.toSorted((a, b) => b.usedAt - a.usedAt)) {
      if (performance.now() - startedAt > keepForMs) break;
      const holdings = this.#places.map((other) => other.holding());
      const only = onlyIn(place.holding(), holdings, this.#store.states);
      if (only >= worthKeeping) await this.#store.save(place.sequence);
    }
    await this.#store.settle();
  }
}

/**
 * How much of a history's first `common` tokens stays when the rest is cut. Most models keep all of it; those with
 * a window or a running state can only go back to where a checkpoint was taken.
 */
function keepable(sequence: LlamaContextSequence, common: number): number {
  if (common <= 0 || common >= sequence.nextTokenIndex) return Math.max(0, common);
  const kept = common - Math.max(0, sequence.getRestoreToPrefixIndexEvaluationSize(common - 1));
  return kept > 1 ? kept : 0;
}
