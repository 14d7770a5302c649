import { explore, type Automaton } from './automaton.ts';
import { characters } from './code-points.ts';

/** Exactly these texts. */
export function exactly(words: readonly string[]): Automaton {
  return explore<readonly string[]>({
    start: words,
    key: (rests) => JSON.stringify(rests),
    accepts: (rests) => rests.includes(''),
    edges: (rests) => {
      const firsts = Map.groupBy(
        rests.filter((rest) => rest !== ''),
        (rest) => String.fromCodePoint(rest.codePointAt(0) ?? 0),
      );
      return [...firsts].map(([first, group]) => ({
        set: characters(first),
        to: group.map((rest) => rest.slice(first.length)),
      }));
    },
  });
}
