import {
  choice,
  never,
  nothing,
  oneOf,
  repeat,
  sequence,
  text,
  type Expression,
} from '../expression/expression.ts';
import type { Grammar } from '../expression/grammar.ts';
import { range } from '../regex/code-points.ts';

/** Whole numbers from `low` to `high`, none negative, of which only the multiples of `modulus` are meant. */
export interface DigitRange {
  readonly low: bigint;
  readonly high: bigint;
  readonly modulus: bigint;
  /** So many of the digits stand behind a decimal point; at least one stands before it. */
  readonly decimals: number;
}

/** The numbers of a range as they are written, without a sign and without needless zeros in front. */
export function digitStrings(grammar: Grammar, wanted: DigitRange): Expression {
  if (wanted.low > wanted.high) return never;
  const shortest = wanted.decimals + 1;
  const longest = Math.max(String(wanted.high).length, shortest);
  const first = Math.max(String(wanted.low).length, shortest);
  const lengths = Array.from({ length: longest - first + 1 }, (_, index) => first + index);
  return choice(...lengths.map((length) => ofLength(grammar, wanted, length, length === shortest)));
}

function ofLength(
  grammar: Grammar,
  wanted: DigitRange,
  length: number,
  mayBeginWithZero: boolean,
): Expression {
  const least = mayBeginWithZero ? 0n : 10n ** BigInt(length - 1);
  const low = wanted.low > least ? wanted.low : least;
  const most = 10n ** BigInt(length) - 1n;
  const high = wanted.high < most ? wanted.high : most;
  if (low > high) return never;
  return new DigitWalk(grammar, wanted, digitsOf(low, length), digitsOf(high, length)).from(
    0,
    0n,
    true,
    true,
  );
}

function digitsOf(value: bigint, length: number): readonly number[] {
  return [...String(value).padStart(length, '0')].map(Number);
}

/** Goes through the digits from the left and knows whether the bounds still bind, and the remainder so far. */
class DigitWalk {
  readonly #grammar: Grammar;
  readonly #wanted: DigitRange;
  readonly #low: readonly number[];
  readonly #high: readonly number[];

  constructor(grammar: Grammar, wanted: DigitRange, low: readonly number[], high: readonly number[]) {
    this.#grammar = grammar;
    this.#wanted = wanted;
    this.#low = low;
    this.#high = high;
  }

  from(at: number, remainder: bigint, lowBinds: boolean, highBinds: boolean): Expression {
    const left = this.#low.length - at;
    if (left === 0) return remainder === 0n ? nothing : never;
    const free = !lowBinds && !highBinds;
    if (free && this.#wanted.modulus === 1n) return this.#anyDigits(at);
    const key = JSON.stringify([
      'digits',
      left,
      String(remainder),
      String(this.#wanted.modulus),
      this.#wanted.decimals,
      lowBinds ? this.#low.slice(at) : null,
      highBinds ? this.#high.slice(at) : null,
    ]);
    return this.#grammar.rule(key, 'digits', () => this.#step(at, remainder, lowBinds, highBinds));
  }

  #step(at: number, remainder: bigint, lowBinds: boolean, highBinds: boolean): Expression {
    const low = lowBinds ? (this.#low[at] ?? 0) : 0;
    const high = highBinds ? (this.#high[at] ?? 9) : 9;
    const digits = Array.from({ length: high - low + 1 }, (_, index) => low + index);
    const next = digits.map((digit) => ({
      digit,
      rest: this.from(
        at + 1,
        (remainder * 10n + BigInt(digit)) % this.#wanted.modulus,
        lowBinds && digit === low,
        highBinds && digit === high,
      ),
    }));
    const alike = Map.groupBy(next, ({ rest }) => JSON.stringify(rest));
    return choice(
      ...[...alike.values()].map((group) =>
        sequence(this.#point(at), digitsAmong(group.map(({ digit }) => digit)), group[0]?.rest ?? never),
      ),
    );
  }

  #anyDigits(at: number): Expression {
    const left = this.#low.length - at;
    const { decimals } = this.#wanted;
    if (decimals === 0 || left <= decimals - 1) return repeat(anyDigit, left, left);
    const before = left - decimals;
    return sequence(repeat(anyDigit, before, before), text('.'), repeat(anyDigit, decimals, decimals));
  }

  /** The decimal point, where the next digit is the first behind it. */
  #point(at: number): Expression {
    const { decimals } = this.#wanted;
    return decimals > 0 && this.#low.length - at === decimals ? text('.') : nothing;
  }
}

const anyDigit = oneOf(range('0', '9'));

function digitsAmong(digits: readonly number[]): Expression {
  return oneOf(digits.map((digit) => [0x30 + digit, 0x30 + digit] as const));
}
