import { Grammar } from '../expression/grammar.ts';
import type { Expression } from '../expression/expression.ts';
import { prune } from '../expression/prune.ts';
import { schemaRule } from '../index.ts';

/** A schema's rules as data, for tests that derive from them and match with them; null where nothing satisfies it. */
export function rulesFor(schema: unknown): ReadonlyMap<string, Expression> | null {
  const grammar = new Grammar();
  const root = schemaRule(grammar, schema);
  return prune(new Map([['root', root], ...grammar.rules]));
}

/** Numbers from 0 up to, and without, 1; the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
