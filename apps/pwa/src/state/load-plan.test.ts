import type { LoadPlan } from '@impetus/contracts/memory';
import type { RunnerStatus } from '@impetus/contracts/models';
import { expect, test } from 'vitest';
import { asHeld, inQuestion, isPlain, viewPlan } from './load-plan.ts';

const plan = (some: Partial<LoadPlan>): LoadPlan => ({
  modelId: 'm',
  verdict: 'fits',
  contextSize: 8_192,
  sequences: 4,
  estimate: { weightsBytes: 4e9, kvBytes: 1e9, computeBytes: 0, totalBytes: 5e9 },
  budget: { limitBytes: 20e9, source: 'gpu', usedBytes: 0 },
  evicts: [],
  fittingContextSize: null,
  message: '',
  ...some,
});
const nameOf = (id: string): string => id.toUpperCase();

test.each<[Partial<LoadPlan>, string, string | null]>([
  [{ verdict: 'loaded' }, 'Takes 5 GB', null],
  [{}, 'Fits, takes 5 GB', 'Load'],
  [{ verdict: 'evicts', evicts: ['a'] }, 'Takes 5 GB: unloads A', 'Load and unload A'],
  [{ verdict: 'evicts', evicts: ['a', 'b'] }, 'Takes 5 GB: unloads A and B', 'Load and unload 2 models'],
  [{ verdict: 'waits', evicts: ['a'] }, 'Takes 5 GB: unloads A when done', 'Load when A is done'],
  [
    { verdict: 'does-not-fit', fittingContextSize: 4_096 },
    'Does not fit with 8,192 tokens of context',
    'Load with 4,096 tokens',
  ],
  [{ verdict: 'does-not-fit' }, 'Does not fit: takes 5 GB', null],
])('%o reads “%s”, and the button says %s', (some, headline, verb) => {
  expect(viewPlan(plan(some), nameOf)).toMatchObject({ headline, verb });
});

test('only a smaller context that fits is applied by the button', () => {
  expect(viewPlan(plan({}), nameOf).contextSize).toBeNull();
  expect(viewPlan(plan({ verdict: 'does-not-fit', fittingContextSize: 512 }), nameOf).contextSize).toBe(512);
});

test('only what takes something from somebody needs a question', () => {
  expect(isPlain(plan({}))).toBe(true);
  expect(isPlain(plan({ verdict: 'loaded' }))).toBe(true);
  expect(isPlain(plan({ verdict: 'evicts' }))).toBe(false);
  expect(isPlain(plan({ verdict: 'waits' }))).toBe(false);
  expect(isPlain(plan({ verdict: 'does-not-fit' }))).toBe(false);
});

test('the memory bar draws an outline for all but what is loaded like this', () => {
  expect(inQuestion(plan({ verdict: 'loaded' }))).toMatchObject({ held: true, fits: true });
  expect(inQuestion(plan({ verdict: 'evicts', evicts: ['a'] }))).toMatchObject({
    held: false,
    fits: true,
    evicts: ['a'],
  });
  expect(inQuestion(plan({ verdict: 'does-not-fit' })).fits).toBe(false);
});

test('a loaded model takes what it was loaded with, whatever its settings say since', () => {
  const estimate = { weightsBytes: 4e9, kvBytes: 2e9, computeBytes: 0, totalBytes: 6e9 };
  const runner = { modelId: 'm', estimate } as RunnerStatus;
  expect(asHeld(plan({ verdict: 'loaded' }), runner).estimate).toBe(estimate);
  expect(asHeld(plan({}), runner).estimate.totalBytes).toBe(5e9);
  expect(asHeld(plan({ verdict: 'loaded' }), undefined).estimate.totalBytes).toBe(5e9);
});
