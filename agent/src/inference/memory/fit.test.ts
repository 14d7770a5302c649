import { expect, it } from 'vitest';
import { fittingContextSize } from './fit.ts';

/** 100 of weights, 50 to compute in, one byte a token. */
const estimate = { weightsBytes: 100, kvBytes: 4_096, computeBytes: 50, totalBytes: 4_246 };
const asked = { contextSize: 4_096, estimate, smallest: null };

it.each([
  ['what was asked for, where it fits', 4_246, 4_096],
  ['the largest multiple of 256', 150 + 1_100, 1_024],
  ['the smallest', 150 + 256, 256],
  ['none, where not even the smallest fits', 150 + 255, null],
  ['none, where the weights alone are too large', 90, null],
])('is %s', (_, limitBytes, contextSize) => {
  expect(fittingContextSize(asked, limitBytes)).toBe(contextSize);
});

it('knows from a second estimate how what the model computes in grows with the context', () => {
  const large = { weightsBytes: 100, kvBytes: 4_096, computeBytes: 50 + 4_096, totalBytes: 8_342 };
  const smallest = { weightsBytes: 100, kvBytes: 256, computeBytes: 50 + 256, totalBytes: 662 };
  expect(fittingContextSize({ contextSize: 4_096, estimate: large, smallest }, 150 + 2 * 1_100)).toBe(1_024);
  expect(
    fittingContextSize({ contextSize: 4_096, estimate: large, smallest: null }, 150 + 2 * 1_100),
  ).toBeNull();
});

it('is none for a model without a KV cache', () => {
  const embedding = { weightsBytes: 100, kvBytes: 0, computeBytes: 50, totalBytes: 150 };
  expect(fittingContextSize({ contextSize: 512, estimate: embedding, smallest: null }, 120)).toBeNull();
});
