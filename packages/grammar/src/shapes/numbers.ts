import {
  choice,
  never,
  oneOf,
  optional,
  repeat,
  sequence,
  text,
  type Expression,
} from '../expression/expression.ts';
import type { Grammar } from '../expression/grammar.ts';
import { characters, range } from '../regex/code-points.ts';
import { scaled, toDecimal, type Decimal } from './decimals.ts';
import { digitStrings } from './digit-strings.ts';
import { fraction, type FractionBound } from './fractions.ts';

/** Which numbers are meant. Null: no bound, or no step. */
export interface NumberRange {
  readonly integer: boolean;
  readonly low: Bound | null;
  readonly high: Bound | null;
  /** Above zero. */
  readonly step: number | null;
}

export interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
}

/** Doubles hold so many decimal digits exactly; what is written stays within, so that it means what it says. */
const exactDigits = 15;
const greatest = 10n ** BigInt(exactDigits) - 1n;
/** More decimal places than that are noise. */
const mostPlaces = 12;
/** Larger steps make a grammar of as many states. */
const largestStep = 200n;

/** Thrown where a range cannot be written down as a grammar; names the keyword. */
export class UnsupportedNumber extends Error {
  override readonly name = 'UnsupportedNumber';
  readonly keyword: 'multipleOf' | 'minimum' | 'maximum';

  constructor(keyword: 'multipleOf' | 'minimum' | 'maximum', message: string) {
    super(message);
    this.keyword = keyword;
  }
}

export function number(grammar: Grammar, wanted: NumberRange): Expression {
  for (const [keyword, bound] of [
    ['minimum', wanted.low],
    ['maximum', wanted.high],
  ] as const) {
    if (bound !== null && Math.abs(bound.value) >= Number(greatest)) {
      throw new UnsupportedNumber(keyword, `numbers of more than ${exactDigits} digits are not exact`);
    }
  }
  return grammar.rule(JSON.stringify(['number', wanted]), wanted.integer ? 'integer' : 'number', () => {
    if (wanted.step !== null) return multiples(grammar, wanted, wanted.step);
    if (wanted.integer) return stepped(grammar, wanted, 0, 1n);
    if (wanted.low === null && wanted.high === null) return anyNumber();
    return between(grammar, wanted);
  });
}

/** As RFC 8259 writes numbers, of a size that a double holds. */
function anyNumber(): Expression {
  const digit = oneOf(range('0', '9'));
  const whole = choice(text('0'), sequence(oneOf(range('1', '9')), repeat(digit, 0, exactDigits - 1)));
  const exponent = sequence(oneOf(characters('eE')), optional(oneOf(characters('+-'))), repeat(digit, 1, 2));
  return sequence(
    optional(text('-')),
    whole,
    optional(sequence(text('.'), repeat(digit, 1, exactDigits))),
    optional(exponent),
  );
}

function multiples(grammar: Grammar, wanted: NumberRange, step: number): Expression {
  const { digits, places } = toDecimal(step);
  if (places > mostPlaces) throw new UnsupportedNumber('multipleOf', `${step} is too fine a step`);
  if (digits > largestStep)
    throw new UnsupportedNumber('multipleOf', `${step} is too odd or too large a step`);
  // A whole number that is a multiple of a fraction, such as of 1.5, is one of the fraction's numerator too.
  if (wanted.integer && places > 0)
    return stepped(grammar, wanted, 0, digits / greatestCommon(digits, 10n ** BigInt(places)));
  return stepped(grammar, wanted, places, digits);
}

/** All multiples of `modulus` × 10^-`places` within the bounds. */
function stepped(grammar: Grammar, wanted: NumberRange, places: number, modulus: bigint): Expression {
  const low = wanted.low === null ? -greatest : innermost(wanted.low, places, 'up');
  const high = wanted.high === null ? greatest : innermost(wanted.high, places, 'down');
  const positive = { low: low > 0n ? low : 0n, high, modulus, decimals: places };
  const negative = { low: high < 0n ? -high : 1n, high: -low, modulus, decimals: places };
  return choice(digitStrings(grammar, positive), sequence(text('-'), digitStrings(grammar, negative)));
}

/** The bound in steps, moved inwards by one where it is itself excluded. */
function innermost({ value, exclusive }: Bound, places: number, rounding: 'down' | 'up'): bigint {
  const decimal = toDecimal(value);
  const steps = scaled(decimal, places, rounding);
  const exact = decimal.places <= places;
  if (!exclusive || !exact) return steps;
  return rounding === 'up' ? steps + 1n : steps - 1n;
}

/** Numbers with a fraction, within bounds; without an exponent, so that they can be compared digit by digit. */
function between(grammar: Grammar, { low, high }: NumberRange): Expression {
  const positive = magnitudes(grammar, atLeastZero(low), high);
  const negative = magnitudes(grammar, atLeastZero(mirrored(high)), mirrored(low));
  return choice(positive, sequence(text('-'), negative));
}

function mirrored(bound: Bound | null): Bound | null {
  return bound === null ? null : { value: -bound.value, exclusive: bound.exclusive };
}

function atLeastZero(bound: Bound | null): Bound {
  return bound === null || bound.value < 0 ? { value: 0, exclusive: false } : bound;
}

interface Edge {
  readonly whole: bigint;
  readonly fraction: FractionBound;
}

function magnitudes(grammar: Grammar, lowest: Bound, highest: Bound | null): Expression {
  if (highest !== null && highest.value < lowest.value) return never;
  const low = edgeOf(lowest);
  const high =
    highest === null ? { whole: greatest, fraction: { digits: '', exclusive: false } } : edgeOf(highest);
  const most = Math.min(
    mostPlaces,
    Math.max(
      exactDigits - String(high.whole).length,
      low.fraction.digits.length,
      high.fraction.digits.length,
      1,
    ),
  );
  const whole = (from: bigint, to: bigint) =>
    digitStrings(grammar, { low: from, high: to, modulus: 1n, decimals: 0 });
  if (low.whole === high.whole)
    return sequence(whole(low.whole, low.whole), fraction(low.fraction, high.fraction, most));
  return choice(
    sequence(whole(low.whole, low.whole), fraction(low.fraction, null, most)),
    sequence(whole(low.whole + 1n, high.whole - 1n), fraction(null, null, most)),
    sequence(whole(high.whole, high.whole), fraction(null, high.fraction, most)),
  );
}

function edgeOf({ value, exclusive }: Bound): Edge {
  const { digits, places }: Decimal = toDecimal(value);
  const scale = 10n ** BigInt(places);
  const rest = places === 0 ? '' : String(digits % scale).padStart(places, '0');
  return { whole: digits / scale, fraction: { digits: rest.replace(/0+$/u, ''), exclusive } };
}

function greatestCommon(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommon(b, a % b);
}
