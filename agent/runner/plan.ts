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

const smallestChunk = 64;
const largestChunk = 512;
const largestChunkBesideDecoding = 256;

/** Until the first prompt has been read nobody knows how fast this machine reads. */
const firstChunk = 128;

/** A step that reads takes about so long: aborts are heard, and streams go on, between two steps. */
const stepMs = 250;

/**
 * How many prompt tokens a step reads at most: as many as are read in a quarter of a second, as a power of two.
 * `tokensPerMs` is what was measured last; null before the first time.
 */
export function chunkSize(tokensPerMs: number | null, decoding: number, batchSize: number): number {
  const wanted = tokensPerMs === null ? firstChunk : 2 ** Math.round(Math.log2(tokensPerMs * stepMs));
  const most = decoding === 0 ? largestChunk : largestChunkBesideDecoding;
  const chunk = Math.max(smallestChunk, Math.min(wanted, most));
  // Every decoding stream has its token in the same batch; where there are as many as fit, one token still goes on.
  return Math.max(1, Math.min(chunk, batchSize - decoding));
}

/**
 * Shares one step's `budget` of tokens among the prompts that are being read, which come in the order of their
 * arrival. Half of it is the oldest one's, so that it comes to its end; the other half goes to those that need
 * least, so that a short question does not wait behind a long document.
 * Returns how many tokens each of them evaluates in this step; prompts that get none are left out.
 */
export function planPrefill<Prompt extends Prefilling>(
  prompts: readonly Prompt[],
  budget: number,
): ReadonlyMap<Prompt, number> {
  const plan = new Map<Prompt, number>();
  const [oldest] = prompts;
  if (oldest === undefined) return plan;
  let left = budget;
  const give = (prompt: Prompt, most: number) => {
    const had = plan.get(prompt) ?? 0;
    const count = Math.min(prompt.remaining - had, most);
    if (count <= 0) return;
    plan.set(prompt, had + count);
    left -= count;
  };
  give(oldest, Math.ceil(left / 2));
  for (const prompt of prompts.slice(1).toSorted((a, b) => a.remaining - b.remaining)) give(prompt, left);
  give(oldest, left);
  return plan;
}
