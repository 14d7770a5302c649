import { commonPrefixLength } from '../plan.ts';

/** A state on disk, as far as its keeping is concerned. */
export interface Kept {
  readonly id: string;
  readonly tokens: Uint32Array;
  readonly bytes: number;
  /** In milliseconds, as `now`. */
  readonly usedAt: number;
}

export interface Bounds {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** The states to remove: those that nobody used for too long, then the oldest until the rest is small enough. */
export function outOfBounds(states: readonly Kept[], { maxBytes, maxAgeMs }: Bounds, now: number): string[] {
  const oldestFirst = states.toSorted((a, b) => a.usedAt - b.usedAt);
  let total = states.reduce((sum, { bytes }) => sum + bytes, 0);
  return oldestFirst
    .filter(({ bytes, usedAt }) => {
      const goes = now - usedAt > maxAgeMs || total > maxBytes;
      if (goes) total -= bytes;
      return goes;
    })
    .map(({ id }) => id);
}

/** The states that a longer one contains: a conversation is kept as it is now, not as it was at each turn. */
export function superseded(states: readonly Kept[], longer: Kept): string[] {
  return states
    .filter(
      ({ id, tokens }) => id !== longer.id && commonPrefixLength(tokens, longer.tokens) === tokens.length,
    )
    .map(({ id }) => id);
}
