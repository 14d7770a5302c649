/** A number as its decimal digits: `digits` × 10^-`places`. Exact, where a double would round. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** The number that a double is written as, without trailing zeros after the point. */
export function toDecimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

/** The same number counted in steps of 10^-`places`, rounded down or up where it lies between two. */
export function scaled({ digits, places: own }: Decimal, places: number, rounding: 'down' | 'up'): bigint {
  if (own <= places) return digits * 10n ** BigInt(places - own);
  const step = 10n ** BigInt(own - places);
  const down = floorDivide(digits, step);
  return rounding === 'up' && down * step !== digits ? down + 1n : down;
}

export function isMultiple(value: number, of: number): boolean {
  const [a, b] = [toDecimal(value), toDecimal(of)];
  const places = Math.max(a.places, b.places);
  return b.digits !== 0n && scaled(a, places, 'down') % scaled(b, places, 'down') === 0n;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}
