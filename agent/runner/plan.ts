/** How many tokens the history `held` and the prompt `wanted` begin with in common. */
export function commonPrefixLength(held: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const longest = Math.min(held.length, wanted.length);
  let length = 0;
  while (length < longest && held[length] === wanted[length]) length += 1;
  return length;
}

/** A prompt that is still being read. `remaining`: tokens not evaluated yet. */
export interface Prefilling {
  readonly remaining: number;
}

/**
 * On a CPU, llama.cpp's flash attention is several times slower per token where it reads fewer than 64 of one
 * sequence at a time; and one token of each goes along with those of the streams.
 */
const leastTokens = 65;

const smallestChunk = 64;
const largestChunk = 512;
const largestChunkBesideDecoding = 256;

/** Until the first prompt has been read nobody knows how fast this machine reads. */
const firstChunk = 128;

/** A step that reads takes about so long: aborts are heard, and streams go on, between two steps. */
const stepMs = 450;
const stepMsBesideDecoding = 250;

/**
 * How many prompt tokens a step reads at most: as many as are read in the time that a step may take, as a power
 * of two. `tokensPerMs` is what was measured last; null before the first time.
 */
export function chunkSize(tokensPerMs: number | null, decoding: number): number {
  if (decoding === 0) return between(tokensPerMs, stepMs, largestChunk);
  // The one more goes along with the streams' tokens.
  return between(tokensPerMs, stepMsBesideDecoding, largestChunkBesideDecoding) + 1;
}

function between(tokensPerMs: number | null, milliseconds: number, largest: number): number {
  const wanted = tokensPerMs === null ? firstChunk : 2 ** Math.round(Math.log2(tokensPerMs * milliseconds));
  return Math.max(smallestChunk, Math.min(wanted, largest));
}

/** What a step may read. */
export interface Budget {
  /** About so many tokens. */
  readonly chunk: number;
  /** At most so many, since the batch has no room for more. */
  readonly room: number;
  /** Counts the steps that read. */
  readonly step: number;
}

/**
 * Decides what of the prompts, which come in the order of their arrival, a step reads: either all short ones that
 * fit, or a chunk of a long one; first these, then those. Of the long ones the oldest and the one that needs least
 * take turns, so that neither a long document nor a question behind it waits for ever.
 * Returns how many tokens of which prompts are evaluated; those that get none are left out.
 */
export function planPrefill<Prompt extends Prefilling>(
  prompts: readonly Prompt[],
  budget: Budget,
): ReadonlyMap<Prompt, number> {
  const short = prompts.filter(({ remaining }) => remaining < leastTokens);
  const long = prompts.filter(({ remaining }) => remaining >= leastTokens);
  const shortsTurn = long.length === 0 || budget.step % 2 === 0;
  if (short.length > 0 && shortsTurn) return whole(short, budget);
  const turn = short.length > 0 ? Math.floor(budget.step / 2) : budget.step;
  const prompt = turn % 2 === 0 ? long[0] : long.toSorted((a, b) => a.remaining - b.remaining)[0];
  return new Map(prompt === undefined ? [] : [[prompt, chunkOf(prompt, budget)]]);
}

/** As many prompts as fit, but never none. */
function whole<Prompt extends Prefilling>(
  prompts: readonly Prompt[],
  { chunk, room }: Budget,
): ReadonlyMap<Prompt, number> {
  const plan = new Map<Prompt, number>();
  let left = Math.min(Math.max(chunk, leastTokens), room);
  for (const prompt of prompts) {
    const count = plan.size === 0 ? Math.min(prompt.remaining, left) : prompt.remaining;
    if (count > left) break;
    plan.set(prompt, count);
    left -= count;
  }
  return plan;
}

/** The next part of a prompt, such that what is left after it is either nothing or no fewer than `leastTokens`. */
function chunkOf({ remaining }: Prefilling, { chunk, room }: Budget): number {
  const most = Math.min(chunk, room);
  if (remaining - most >= leastTokens) return most;
  if (remaining <= Math.min(chunk + leastTokens, room)) return remaining;
  return Math.max(1, Math.min(most, remaining - leastTokens));
}
