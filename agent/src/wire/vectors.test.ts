import { expect, it } from 'vitest';
import { shortened, toBase64 } from './vectors.ts';

it('a shorter vector has unit length again', () => {
  expect(shortened([0.6, 0.8, 0], 2)).toEqual([0.6, 0.8]);
  expect(shortened([0.48, 0.64, 0.6], 2).map((value) => Number(value.toFixed(9)))).toEqual([0.6, 0.8]);
  expect(shortened([0, 0, 1], 2)).toEqual([0, 0]);
  expect(shortened([1, 0], null)).toEqual([1, 0]);
  expect(() => shortened([1, 0], 3)).toThrow("'dimensions' must be at most 2");
});

it('as base64 it is what OpenAI’s libraries read', () => {
  const bytes = Buffer.from(toBase64([1, -0.5]), 'base64');
  expect([...new Float32Array(bytes.buffer, bytes.byteOffset, 2)]).toEqual([1, -0.5]);
  expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0x80, 0x3f]);
});
