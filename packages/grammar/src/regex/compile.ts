import { explore, trimmed, type Automaton, type Edge } from './automaton.ts';
import { contains, everything, type CodePoints } from './code-points.ts';
import { parseRegex, UnsupportedRegex, type Regex } from './parse.ts';

/** An edge that needs no character; an anchor's holds only at that end of the text. */
type Step = { readonly set: CodePoints } | 'free' | 'start' | 'end';

/** Counted repetitions are written out; this many nodes are a page of text. */
const mostNodes = 20_000;

/** The texts in which the expression matches somewhere, as JSON Schema's `pattern` and `RegExp.test` mean it. */
export function compileRegex(source: string): Automaton {
  return trimmed(new Network(parseRegex(source)).determinise());
}

/** Thompson's construction (Communications of the ACM 11, 1968), with a loop before and after the expression. */
class Network {
  readonly #edges: { readonly step: Step; readonly to: number }[][] = [];
  readonly #start = this.#node();
  readonly #accept = this.#node();

  constructor(regex: Regex) {
    this.#connect(this.#start, { set: everything }, this.#start);
    this.#build(regex, this.#start, this.#accept);
    this.#connect(this.#accept, { set: everything }, this.#accept);
  }

  determinise(): Automaton {
    return explore<readonly number[]>({
      start: this.#closure([this.#start], 'start'),
      key: String,
      accepts: (nodes) => this.#closure(nodes, 'end').includes(this.#accept),
      edges: (nodes) => this.#edgesFrom(nodes),
    });
  }

  #node(): number {
    if (this.#edges.length >= mostNodes) throw new UnsupportedRegex('it repeats too much');
    return this.#edges.push([]) - 1;
  }

  #connect(from: number, step: Step, to: number): void {
    this.#edges[from]?.push({ step, to });
  }

  #build(regex: Regex, from: number, to: number): void {
    switch (regex.kind) {
      case 'set':
        this.#connect(from, { set: regex.set }, to);
        break;
      case 'start':
      case 'end':
        this.#connect(from, regex.kind, to);
        break;
      case 'choice':
        for (const option of regex.options) this.#build(option, from, to);
        break;
      case 'sequence':
        this.#chain(regex.parts, from, to);
        break;
      case 'repeat':
        this.#repeat(regex, from, to);
        break;
    }
  }

  #chain(parts: readonly Regex[], from: number, to: number): void {
    let at = from;
    for (const part of parts) {
      const next = this.#node();
      this.#build(part, at, next);
      at = next;
    }
    this.#connect(at, 'free', to);
  }

  #repeat({ of, min, max }: Extract<Regex, { kind: 'repeat' }>, from: number, to: number): void {
    let at = from;
    for (let count = 0; count < (max ?? min); count += 1) {
      if (count >= min) this.#connect(at, 'free', to);
      const next = this.#node();
      this.#build(of, at, next);
      at = next;
    }
    if (max === null) {
      // A node of its own, so that what loops here does not leak into what leads here.
      const loop = this.#node();
      this.#connect(at, 'free', loop);
      this.#build(of, loop, loop);
      at = loop;
    }
    this.#connect(at, 'free', to);
  }

  /** All nodes that are reached without a character, rising. */
  #closure(nodes: readonly number[], at: 'start' | 'end' | null): readonly number[] {
    const reached = new Set(nodes);
    for (const node of reached) {
      for (const { step, to } of this.#edges[node] ?? []) {
        if (step === 'free' || (at !== null && step === at)) reached.add(to);
      }
    }
    return [...reached].toSorted((a, b) => a - b);
  }

  #edgesFrom(nodes: readonly number[]): readonly Edge<readonly number[]>[] {
    const steps = nodes.flatMap((node) =>
      (this.#edges[node] ?? []).flatMap(({ step, to }) =>
        typeof step === 'object' ? [{ set: step.set, to }] : [],
      ),
    );
    return segments(steps.map(({ set }) => set)).map(([low, high]) => ({
      set: [[low, high]],
      to: this.#closure(
        [...new Set(steps.filter(({ set }) => contains(set, low)).map(({ to }) => to))],
        null,
      ),
    }));
  }
}

/** The ranges between all ends of the sets: within one of them, every set holds all characters or none. */
function segments(sets: readonly CodePoints[]): readonly (readonly [number, number])[] {
  const starts = new Set(sets.flat().flatMap(([low, high]) => [low, high + 1]));
  const sorted = [...starts].toSorted((a, b) => a - b);
  return sorted
    .slice(0, -1)
    .map((low, index) => [low, (sorted[index + 1] ?? 0) - 1] as const)
    .filter(([low]) => sets.some((set) => contains(set, low)));
}
