import type { Expression } from '../expression/expression.ts';
import { contains } from '../regex/code-points.ts';

/** Whether a grammar admits a text; follows every way at once, so it needs no special form of grammar. */
export function matches(rules: ReadonlyMap<string, Expression>, text: string): boolean {
  const characters = [...text];
  const known = new Map<string, ReadonlySet<number>>();

  /** Where an expression that starts at `from` may end. */
  function ends(expression: Expression, from: number): ReadonlySet<number> {
    switch (expression.kind) {
      case 'text': {
        const wanted = [...expression.text];
        return wanted.every((character, index) => characters[from + index] === character)
          ? new Set([from + wanted.length])
          : new Set();
      }
      case 'class': {
        const point = characters[from]?.codePointAt(0);
        return point !== undefined && contains(expression.set, point) ? new Set([from + 1]) : new Set();
      }
      case 'rule': {
        const key = `${expression.name} ${from}`;
        const before = known.get(key);
        if (before !== undefined) return before;
        const found = ends(rules.get(expression.name) ?? { kind: 'choice', options: [] }, from);
        known.set(key, found);
        return found;
      }
      case 'sequence':
        return expression.parts.reduce<ReadonlySet<number>>(
          (starts, part) => all(part, starts),
          new Set([from]),
        );
      case 'choice':
        return new Set(expression.options.flatMap((option) => [...ends(option, from)]));
      case 'repeat': {
        const found = new Set<number>();
        let starts: ReadonlySet<number> = new Set([from]);
        for (let count = 0; starts.size > 0 && count <= (expression.max ?? Infinity); count += 1) {
          if (count >= expression.min) starts.forEach((start) => found.add(start));
          starts = all(expression.of, starts);
        }
        return found;
      }
    }
  }

  function all(expression: Expression, starts: ReadonlySet<number>): ReadonlySet<number> {
    return new Set([...starts].flatMap((start) => [...ends(expression, start)]));
  }

  return ends({ kind: 'rule', name: 'root' }, 0).has(characters.length);
}
