import type { CodePoints } from '../regex/code-points.ts';

/** A piece of a grammar. Rules are named, so that they may refer to each other and to themselves. */
export type Expression =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'class'; readonly set: CodePoints }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly options: readonly Expression[] }
  /** `max` null: without end. */
  | { readonly kind: 'repeat'; readonly of: Expression; readonly min: number; readonly max: number | null };

/** A reference to a named piece of the grammar. */
export type Rule = Extract<Expression, { kind: 'rule' }>;

export const nothing: Expression = { kind: 'text', text: '' };

/** What no text matches. */
export const never: Expression = { kind: 'choice', options: [] };

export function text(value: string): Expression {
  return { kind: 'text', text: value };
}

export function oneOf(set: CodePoints): Expression {
  return { kind: 'class', set };
}

export function sequence(...parts: readonly Expression[]): Expression {
  const flat = parts.flatMap((part) => (part.kind === 'sequence' ? part.parts : [part]));
  const useful = flat.filter((part) => !isNothing(part));
  if (useful.some(isNever)) return never;
  if (useful.length === 1) return useful[0] as Expression;
  return useful.length === 0 ? nothing : { kind: 'sequence', parts: useful };
}

export function choice(...options: readonly Expression[]): Expression {
  const flat = options.flatMap((option) => (option.kind === 'choice' ? option.options : [option]));
  return flat.length === 1 ? (flat[0] as Expression) : { kind: 'choice', options: flat };
}

export function optional(of: Expression): Expression {
  return choice(of, nothing);
}

export function repeat(of: Expression, min: number, max: number | null): Expression {
  if (max === 0 || isNothing(of)) return nothing;
  return min === 1 && max === 1 ? of : { kind: 'repeat', of, min, max };
}

export function isNothing(expression: Expression): boolean {
  return expression.kind === 'text' && expression.text === '';
}

export function isNever(expression: Expression): boolean {
  return expression.kind === 'choice' && expression.options.length === 0;
}
