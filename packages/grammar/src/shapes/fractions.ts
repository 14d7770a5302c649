import { choice, nothing, oneOf, repeat, sequence, text, type Expression } from '../expression/expression.ts';
import { range } from '../regex/code-points.ts';

/** The fraction of a bound: its digits behind the point, without trailing zeros. */
export interface FractionBound {
  readonly digits: string;
  readonly exclusive: boolean;
}

/**
 * What may follow a whole part that is itself at the bounds: nothing, or a point and up to `most` digits, so that the
 * number is not below `low` and not above `high`. Null where a side does not bind.
 */
export function fraction(low: FractionBound | null, high: FractionBound | null, most: number): Expression {
  const walk = (at: number, lower: FractionBound | null, upper: FractionBound | null): Expression => {
    if (lower === null && upper === null) return repeat(anyDigit, 0, most - at);
    const least = lower === null ? 0 : Number(lower.digits[at] ?? 0);
    const greatest = upper === null ? 9 : Number(upper.digits[at] ?? 0);
    const step = (digit: number): Expression =>
      sequence(
        text(String(digit)),
        walk(at + 1, digit === least ? lower : null, digit === greatest ? upper : null),
      );
    const digits =
      at >= most ? [] : Array.from({ length: Math.max(greatest - least + 1, 0) }, (_, i) => least + i);
    const ends = mayEnd(at, lower, upper) ? [nothing] : [];
    return choice(...digits.map(step), ...ends);
  };
  // A point needs a digit behind it, so the walk's first step is not allowed to end.
  const behindPoint = walk(0, low, high);
  const withPoint = sequence(text('.'), withoutNothing(behindPoint, most));
  return mayEnd(0, low, high) ? choice(withPoint, nothing) : withPoint;
}

const anyDigit = oneOf(range('0', '9'));

/** Whether a number that ends here is inside: a side that still binds is met exactly, or lies beyond. */
function mayEnd(at: number, low: FractionBound | null, high: FractionBound | null): boolean {
  const enough = low === null || (at >= low.digits.length && !low.exclusive);
  const notTooMuch = high === null || at < high.digits.length || !high.exclusive;
  return enough && notTooMuch;
}

function withoutNothing(expression: Expression, most: number): Expression {
  if (expression.kind === 'repeat') return repeat(anyDigit, 1, most);
  if (expression.kind !== 'choice') return expression;
  return choice(...expression.options.filter((option) => option !== nothing));
}
