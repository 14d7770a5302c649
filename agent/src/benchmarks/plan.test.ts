import { expect, it } from 'vitest';
import { promptOf, promptSizes } from './plan.ts';

it.each([
  [32_768, undefined, [512, 4_096]],
  [2_048, undefined, [492, 1_968]],
  [512, undefined, [108, 432]],
  [2_048, [100, 200], [100, 200]],
])('measures in a context of %i, asked for %j, %j', (contextSize, asked, sizes) => {
  expect(promptSizes({ contextSize, completionTokens: 64, asked })).toEqual(sizes);
});

it('says when a prompt does not fit', () => {
  expect(() => promptSizes({ contextSize: 512, completionTokens: 64, asked: [600] })).toThrow(
    /600.*64.*512/u,
  );
  expect(() => promptSizes({ contextSize: 64, completionTokens: 64, asked: undefined })).toThrow(
    /does not fit/u,
  );
});

it('makes prompts of tokens that the vocabulary has', () => {
  const tokens = promptOf(1_000, 512, Math.random);
  expect(Math.min(...tokens)).toBeGreaterThanOrEqual(256);
  expect(Math.max(...tokens)).toBeLessThan(512);
});
