import { choice, isNever, never, repeat, sequence, type Expression } from './expression.ts';

type Rules = ReadonlyMap<string, Expression>;

/**
 * The rules that the root needs, without any way that leads nowhere: a sampler that entered one could write no
 * further token. Null where the root itself leads nowhere.
 */
export function prune(rules: Rules): Rules | null {
  const productive = productiveRules(rules);
  if (!productive.has('root')) return null;
  const kept = new Map<string, Expression>();
  const wanted = ['root'];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (kept.has(name)) continue;
    const body = without(rules.get(name) ?? never, productive);
    kept.set(name, body);
    wanted.push(...rulesIn(body));
  }
  return kept;
}

/**
 * The rules from which some finite text can be made; found by growing the set until it stays. What a rule refers to
 * mostly comes after it, so the last goes first.
 */
function productiveRules(rules: Rules): ReadonlySet<string> {
  const productive = new Set<string>();
  const fromTheEnd = [...rules].toReversed();
  for (let size = -1; size !== productive.size;) {
    size = productive.size;
    for (const [name, body] of fromTheEnd) if (isProductive(body, productive)) productive.add(name);
  }
  return productive;
}

function isProductive(expression: Expression, productive: ReadonlySet<string>): boolean {
  switch (expression.kind) {
    case 'text':
      return true;
    case 'class':
      return expression.set.length > 0;
    case 'rule':
      return productive.has(expression.name);
    case 'sequence':
      return expression.parts.every((part) => isProductive(part, productive));
    case 'choice':
      return expression.options.some((option) => isProductive(option, productive));
    case 'repeat':
      return expression.min === 0 || isProductive(expression.of, productive);
  }
}

/** The same expression without options that lead nowhere. */
function without(expression: Expression, productive: ReadonlySet<string>): Expression {
  switch (expression.kind) {
    case 'text':
      return expression;
    case 'class':
      return expression.set.length > 0 ? expression : never;
    case 'rule':
      return productive.has(expression.name) ? expression : never;
    case 'sequence':
      return sequence(...expression.parts.map((part) => without(part, productive)));
    case 'choice':
      return choice(
        ...expression.options
          .map((option) => without(option, productive))
          .filter((option) => !isNever(option)),
      );
    case 'repeat': {
      const of = without(expression.of, productive);
      return isNever(of) ? repeat(of, 0, 0) : repeat(of, expression.min, expression.max);
    }
  }
}

function rulesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'text':
    case 'class':
      return [];
    case 'rule':
      return [expression.name];
    case 'sequence':
      return expression.parts.flatMap(rulesIn);
    case 'choice':
      return expression.options.flatMap(rulesIn);
    case 'repeat':
      return rulesIn(expression.of);
  }
}
