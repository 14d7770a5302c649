import { expect, test } from 'vitest';
import { decodeQ8, encoders, float16Bits, float16Value } from './quantise.ts';

// From IEEE 754 binary16: the largest and smallest numbers, and both directions of a tie.
test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65_504, 0x7bff],
  [65_519, 0x7bff],
  [65_520, 0x7c00],
  [Infinity, 0x7c00],
  [NaN, 0x7e00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [1 / 3, 0x3555],
])('stores %d in half precision as %i', (value, bits) => {
  expect(float16Bits(value)).toBe(bits);
});

test('every half-precision number survives the way there and back', () => {
  const all = Array.from({ length: 0x1_0000 }, (_, bits) => bits);
  const changed = all.filter((bits) => {
    const value = float16Value(bits);
    return !Number.isNaN(value) && float16Bits(value) !== bits;
  });
  expect(changed).toEqual([]);
});

test('Q8_0 keeps signs and multiples of the scale exactly, and rounds halves away from zero', () => {
  const row = new Float32Array(32);
  row.set([127, -127, 1, -1, 0.5, -0.5, 0.49]);
  const bytes = encoders.Q8_0.encode(row);
  expect([...bytes].slice(0, 6)).toEqual([0x00, 0x3c, 127, 129, 1, 255]);
  expect([...decodeQ8(bytes).subarray(0, 7)]).toEqual([127, -127, 1, -1, 1, -1, 0]);
});

test('Q8_0 of zeros is zeros', () => {
  expect([...decodeQ8(encoders.Q8_0.encode(new Float32Array(64)))]).toEqual(
    Array.from({ length: 64 }, () => 0),
  );
});
