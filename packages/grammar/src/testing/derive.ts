import type { Expression } from '../expression/expression.ts';

type Rules = ReadonlyMap<string, Expression>;

/** From 0 up to, and without, 1. */
export type Random = () => number;

/** After so many rules the shortest way out is taken, so that every derivation ends soon. */
const enough = 400;

/** Makes texts that a grammar admits, by walking through it at random. Every rule must be able to end. */
export function derive(rules: Rules, random: Random): string {
  const heights = heightsOf(rules);
  let taken = 0;
  const walk = (expression: Expression): string => {
    switch (expression.kind) {
      case 'text':
        return expression.text;
      case 'class': {
        const [low, high] = expression.set[Math.floor(random() * expression.set.length)] ?? [0, 0];
        return String.fromCodePoint(low + Math.floor(random() * (Math.min(high, low + 300) - low + 1)));
      }
      case 'rule':
        taken += 1;
        return walk(bodyOf(rules, expression.name));
      case 'sequence':
        return expression.parts.map((part) => walk(part)).join('');
      case 'choice': {
        const { options } = expression;
        const shortest = options.toSorted((a, b) => height(a, heights) - height(b, heights))[0];
        const chosen = taken > enough ? shortest : options[Math.floor(random() * options.length)];
        return chosen === undefined ? '' : walk(chosen);
      }
      case 'repeat': {
        const { min, max, of } = expression;
        const most = taken > enough ? min : Math.min(max ?? min + 4, min + 4);
        const count = min + Math.floor(random() * (most - min + 1));
        return Array.from({ length: count }, () => walk(of)).join('');
      }
    }
  };
  return walk(bodyOf(rules, 'root'));
}

/** How many rules deep the shortest text of each rule is. */
function heightsOf(rules: Rules): ReadonlyMap<string, number> {
  const heights = new Map<string, number>();
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, body] of [...rules].toReversed()) {
      const next = 1 + height(body, heights);
      if (next >= (heights.get(name) ?? Infinity)) continue;
      heights.set(name, next);
      changed = true;
    }
  }
  return heights;
}

function height(expression: Expression, heights: ReadonlyMap<string, number>): number {
  switch (expression.kind) {
    case 'text':
    case 'class':
      return 0;
    case 'rule':
      return heights.get(expression.name) ?? Infinity;
    case 'sequence':
      return Math.max(0, ...expression.parts.map((part) => height(part, heights)));
    case 'choice':
      return Math.min(Infinity, ...expression.options.map((option) => height(option, heights)));
    case 'repeat':
      return expression.min === 0 ? 0 : height(expression.of, heights);
  }
}

function bodyOf(rules: Rules, name: string): Expression {
  const body = rules.get(name);
  if (body === undefined) throw new Error(`The grammar has no rule “${name}”.`);
  return body;
}
