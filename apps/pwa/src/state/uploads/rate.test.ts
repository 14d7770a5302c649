import { expect, test } from 'vitest';
import { noRate, rateOf, withMark } from './rate.ts';

const after = (...marks: readonly [number, number][]) =>
  marks.reduce((window, [at, bytes]) => withMark(window, bytes, at), noRate);

test('a speed is that of the last seconds', () => {
  expect(rateOf(noRate)).toBeNull();
  expect(rateOf(after([0, 0], [100, 5]))).toBeNull();
  expect(rateOf(after([0, 0], [1_000, 1_000]))).toBe(1_000);
  expect(rateOf(after([0, 0], [10_000, 1_000], [12_000, 11_000]))).toBe(5_000);
});

test('what stands still has no speed, and what falls back begins anew', () => {
  expect(rateOf(after([0, 7], [2_000, 7]))).toBeNull();
  expect(rateOf(after([0, 0], [1_000, 9_000], [1_100, 100]))).toBeNull();
});
