/** A place for one token history, and how much of a prompt it already holds. */
export interface FreeSequence {
  readonly id: number;
  /** Tokens that its history and the prompt begin with in common. */
  readonly commonPrefix: number;
  /** Tokens that it holds; they are lost when another prompt takes the place. */
  readonly held: number;
}

/**
 * Chooses the place for a prompt: the one with the longest common prefix, since only the rest must be evaluated;
 * among equals the one that loses least, then the lowest id, since llama.cpp joins sequences into one batch
 * only where their ids rise without a gap.
 */
export function chooseSequence(free: readonly FreeSequence[]): FreeSequence | undefined {
  return free.toSorted(
    (a, b) =>
      b.commonPrefix - a.commonPrefix || a.held - a.commonPrefix - (b.held - b.commonPrefix) || a.id - b.id,
  )[0];
}

/** How many tokens the history `held` and the prompt `wanted` begin with in common. */
export function commonPrefixLength(held: readonly number[], wanted: readonly number[]): number {
  const longest = Math.min(held.length, wanted.length);
  let length = 0;
  while (length < longest && held[length] === wanted[length]) length += 1;
  return length;
}

/** A prompt that is still being read. `remaining`: tokens not evaluated yet. */
export interface Prefilling {
  readonly id: number;
  readonly remaining: number;
}

/** Beside running streams a step reads at most this many prompt tokens, so that none of them stutters. */
export const prefillBesideDecoding = 128;

/**
 * Shares one step's tokens among the prompts that are being read, first come first served.
 * Alone, a prompt takes the whole batch; beside `decoding` streams it takes a small chunk.
 * Returns how many tokens each of them evaluates in this step; prompts that get none are left out.
 */
export function planPrefill(
  prompts: readonly Prefilling[],
  decoding: number,
  batchSize: number,
): ReadonlyMap<number, number> {
  let budget =
    decoding === 0 ? batchSize : Math.min(prefillBesideDecoding, Math.max(1, batchSize - decoding));
  const plan = new Map<number, number>();
  for (const { id, remaining } of prompts) {
    const count = Math.min(budget, remaining);
    if (count <= 0) break;
    plan.set(id, count);
    budget -= count;
  }
  return plan;
}
