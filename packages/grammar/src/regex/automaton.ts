import { contains, difference, everything, intersection, union, type CodePoints } from './code-points.ts';

/** A deterministic automaton over characters; it starts in the first state. Where no edge fits, the text is refused. */
export type Automaton = readonly State[];

export interface State {
  readonly accepting: boolean;
  /** The sets of one state are apart. */
  readonly edges: readonly Edge<number>[];
}

export interface Edge<T> {
  readonly set: CodePoints;
  readonly to: T;
}

/** How large an automaton may become; each state is a rule of the grammar in the end. */
export const mostStates = 5_000;

/** Thrown where a language needs more states than a grammar should have. */
export class AutomatonTooLarge extends Error {
  override readonly name = 'AutomatonTooLarge';
}

interface Machine<T> {
  readonly start: T;
  readonly key: (state: T) => string;
  readonly accepts: (state: T) => boolean;
  readonly edges: (state: T) => readonly Edge<T>[];
}

/** Follows every edge from the start and numbers what it finds. */
export function explore<T>({ start, key, accepts, edges }: Machine<T>): Automaton {
  const numbers = new Map([[key(start), 0]]);
  const found = [start];
  const numberOf = (state: T): number => {
    const known = numbers.get(key(state));
    if (known !== undefined) return known;
    if (found.length >= mostStates) throw new AutomatonTooLarge();
    numbers.set(key(state), found.length);
    return found.push(state) - 1;
  };
  const states: State[] = [];
  // The list grows while it is walked.
  for (const state of found) {
    const targets = Map.groupBy(edges(state), ({ to }) => numberOf(to));
    states.push({
      accepting: accepts(state),
      edges: [...targets].map(([to, parallel]) => ({ to, set: union(...parallel.map(({ set }) => set)) })),
    });
  }
  return states;
}

/** The same without the edges from which no text can end. */
export function trimmed(automaton: Automaton): Automaton {
  const useful = new Set(automaton.keys().filter((state) => automaton[state]?.accepting === true));
  for (let size = -1; size !== useful.size;) {
    size = useful.size;
    for (const state of [...automaton.keys()].toReversed()) {
      if (edgesOf(automaton, state).some(({ to }) => useful.has(to))) useful.add(state);
    }
  }
  return automaton.map(({ accepting, edges }) => ({
    accepting,
    edges: edges.filter(({ to }) => useful.has(to)),
  }));
}

/** What both accept. */
export function intersect(a: Automaton, b: Automaton): Automaton {
  return explore<readonly [number, number]>({
    start: [0, 0],
    key: String,
    accepts: ([left, right]) => a[left]?.accepting === true && b[right]?.accepting === true,
    edges: ([left, right]) =>
      edgesOf(a, left).flatMap((one) =>
        edgesOf(b, right)
          .map((other) => ({ set: intersection(one.set, other.set), to: [one.to, other.to] as const }))
          .filter(({ set }) => set.length > 0),
      ),
  });
}

/** What it does not accept. */
export function negate(automaton: Automaton): Automaton {
  const sink = automaton.length;
  const negated = automaton.map(({ accepting, edges }) => {
    const rest = difference(everything, union(...edges.map(({ set }) => set)));
    return { accepting: !accepting, edges: rest.length > 0 ? [...edges, { set: rest, to: sink }] : edges };
  });
  return [...negated, { accepting: true, edges: [{ set: everything, to: sink }] }];
}

/** Texts of so many characters. `max` null: without end. */
export function ofLength(min: number, max: number | null): Automaton {
  const count = max ?? min;
  if (count >= mostStates) throw new AutomatonTooLarge();
  return Array.from({ length: count + 1 }, (_, length): State => {
    const goesOn = length < count || max === null;
    return {
      accepting: length >= min,
      edges: goesOn ? [{ set: everything, to: Math.min(length + 1, count) }] : [],
    };
  });
}

/** The length of the shortest text; Infinity where there is none. */
export function shortest(automaton: Automaton): number {
  const seen = new Set([0]);
  let level: readonly number[] = [0];
  for (let length = 0; level.length > 0; length += 1) {
    if (level.some((state) => automaton[state]?.accepting === true)) return length;
    const next = new Set(level.flatMap((state) => edgesOf(automaton, state).map(({ to }) => to)));
    level = [...next].filter((state) => !seen.has(state));
    level.forEach((state) => seen.add(state));
  }
  return Infinity;
}

/** The length of the longest text; Infinity where a text may go in circles. */
export function longest(automaton: Automaton): number {
  const known = new Map<number, number>();
  const visit = (state: number): number => {
    const before = known.get(state);
    if (before !== undefined) return before;
    // Found again on the way from itself, it has no longest text.
    known.set(state, Infinity);
    const further = edgesOf(automaton, state).map(({ to }) => 1 + visit(to));
    const length = Math.max(0, ...further);
    known.set(state, length);
    return length;
  };
  return visit(0);
}

export function acceptsText(automaton: Automaton, text: string): boolean {
  let state: number | undefined = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    state = edgesOf(automaton, state).find(({ set }) => contains(set, point))?.to;
    if (state === undefined) return false;
  }
  return automaton[state]?.accepting === true;
}

function edgesOf(automaton: Automaton, state: number): readonly Edge<number>[] {
  return automaton[state]?.edges ?? [];
}
