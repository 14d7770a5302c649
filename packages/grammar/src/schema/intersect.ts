import type { Bound, NumberRange } from '../shapes/numbers.ts';
import { isMultiple, scaled, toDecimal } from '../shapes/decimals.ts';
import type { ArrayShape, Conjunction, NumberShape, ObjectShape, Shape, StringShape } from './shape.ts';

/** What satisfies both; null where their types differ or nothing is left. Literals are not for this function. */
export function intersectShapes(a: Shape, b: Shape): Shape | null {
  if (a.kind === 'number' && b.kind === 'number') return intersectNumbers(a, b);
  if (a.kind === 'string' && b.kind === 'string') return intersectStrings(a, b);
  if (a.kind === 'array' && b.kind === 'array') return intersectArrays(a, b);
  if (a.kind === 'object' && b.kind === 'object') return intersectObjects(a, b);
  return a.kind === b.kind ? a : null;
}

function intersectNumbers({ range: a }: NumberShape, { range: b }: NumberShape): NumberShape | null {
  const range: NumberRange = {
    integer: a.integer || b.integer,
    low: tighter(a.low, b.low, (one, other) => one > other),
    high: tighter(a.high, b.high, (one, other) => one < other),
    step: commonStep(a.step, b.step),
  };
  return isEmpty(range) ? null : { kind: 'number', range };
}

function tighter(
  a: Bound | null,
  b: Bound | null,
  isInside: (one: number, other: number) => boolean,
): Bound | null {
  if (a === null || b === null) return a ?? b;
  if (a.value === b.value) return a.exclusive ? a : b;
  return isInside(a.value, b.value) ? a : b;
}

function isEmpty({ low, high }: NumberRange): boolean {
  if (low === null || high === null) return false;
  return low.value > high.value || (low.value === high.value && (low.exclusive || high.exclusive));
}

/** The least number that is a multiple of both. */
function commonStep(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  if (isMultiple(a, b)) return a;
  if (isMultiple(b, a)) return b;
  const [one, other] = [toDecimal(a), toDecimal(b)];
  const places = Math.max(one.places, other.places);
  const [x, y] = [scaled(one, places, 'down'), scaled(other, places, 'down')];
  return Number((x * y) / greatestCommon(x, y)) / 10 ** places;
}

function greatestCommon(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommon(b, a % b);
}

function intersectStrings(a: StringShape, b: StringShape): StringShape | null {
  const minLength = Math.max(a.minLength, b.minLength);
  const maxLength = smaller(a.maxLength, b.maxLength);
  if (maxLength !== null && minLength > maxLength) return null;
  const others = b.rules.filter(({ key }) => a.rules.every((rule) => rule.key !== key));
  return { kind: 'string', minLength, maxLength, rules: [...a.rules, ...others] };
}

function intersectArrays(a: ArrayShape, b: ArrayShape): ArrayShape | null {
  const min = Math.max(a.min, b.min);
  const max = smaller(a.max, b.max);
  if (max !== null && min > max) return null;
  const length = Math.max(a.prefix.length, b.prefix.length);
  return {
    kind: 'array',
    prefix: Array.from({ length }, (_, index) => both(a.prefix[index] ?? a.rest, b.prefix[index] ?? b.rest)),
    rest: both(a.rest, b.rest),
    min,
    max,
    unique: a.unique || b.unique,
  };
}

function intersectObjects(a: ObjectShape, b: ObjectShape): ObjectShape | null {
  const max = smaller(a.max, b.max);
  const min = Math.max(a.min, b.min);
  if (max !== null && min > max) return null;
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  const properties = [...names].map(
    (name) => [name, both(propertyOf(a, name), propertyOf(b, name))] as const,
  );
  return {
    kind: 'object',
    properties: new Map(properties),
    required: new Set([...a.required, ...b.required]),
    additional:
      a.additional === null || b.additional === null
        ? (a.additional ?? b.additional)
        : both(a.additional, b.additional),
    closed: a.closed || b.closed,
    min,
    max,
  };
}

/** What a property has to satisfy, listed or not. */
export function propertyOf({ properties, additional }: ObjectShape, name: string): Conjunction {
  return properties.get(name) ?? additional ?? [];
}

/** Both, each schema once. */
export function both(a: Conjunction, b: Conjunction): Conjunction {
  return [...a, ...b.filter(({ pointer }) => a.every((located) => located.pointer !== pointer))];
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
