import type { MemoryEstimate } from '@impetus/contracts/memory';
import type { RunnerStatus } from '@impetus/contracts/models';
import type { MemorySample } from '@impetus/contracts/state';
import { expect, test } from 'vitest';
import { budgetWords, viewMemory, type ModelInQuestion } from './memory-view.ts';

const sample: MemorySample = {
  totalBytes: 32e9,
  availableBytes: 14e9,
  agentResidentBytes: 0.1e9,
  runnersResidentBytes: 8.2e9,
  sampledAt: '2026-01-02T09:41:00Z',
  budget: { limitBytes: 22e9, source: 'gpu', usedBytes: 8e9 },
};

function estimate(weightsBytes: number, kvBytes: number, computeBytes = 0): MemoryEstimate {
  return { weightsBytes, kvBytes, computeBytes, totalBytes: weightsBytes + kvBytes + computeBytes };
}

const runner = (modelId: string, some: Partial<RunnerStatus>): RunnerStatus =>
  ({ modelId, state: 'ready', estimate: null, residentBytes: null, ...some }) as RunnerStatus;

const runners = [
  runner('large', { estimate: estimate(4e9, 1e9, 0.5e9) }),
  runner('small', { estimate: estimate(2e9, 0.5e9) }),
];
const nameOf = (id: string): string => id.toUpperCase();
const question: ModelInQuestion = {
  modelId: 'new',
  estimate: estimate(10e9, 2e9, 1e9),
  held: false,
  fits: true,
  evicts: [],
};

test('without a model in question the bar tells weights from KV cache', () => {
  const view = viewMemory(sample, runners, nameOf);
  expect(view.models).toEqual([
    { kind: 'weights', label: 'Weights', bytes: 6e9 },
    { kind: 'kv', label: 'KV cache', bytes: 1.5e9 },
    { kind: 'compute', label: 'Working memory', bytes: 0.5e9 },
  ]);
  expect(view.outline).toBeNull();
});

test('what nobody of ours holds and what is not free is the system’s, and everything adds up', () => {
  const { total, free, models, others } = viewMemory(sample, runners, nameOf);
  const all = [...models, ...others].reduce((sum, { bytes }) => sum + bytes, free);
  expect(all).toBeCloseTo(total, 0);
  expect(others[1]?.bytes).toBeCloseTo(9.7e9, 0);
});

test('figures that were taken at different moments never make anything negative', () => {
  const crowded = viewMemory({ ...sample, availableBytes: 31e9 }, runners, nameOf);
  expect(crowded.others.every(({ bytes }) => bytes >= 0)).toBe(true);
  expect(viewMemory({ ...sample, totalBytes: 1e9 }, runners, nameOf).free).toBe(0);
});

test('a model that would be loaded is an outline behind those that stay', () => {
  const view = viewMemory(sample, runners, nameOf, question);
  expect(view.models).toEqual([{ kind: 'models', label: 'Other models', bytes: 8e9 }]);
  expect(view.outline).toMatchObject({ label: 'NEW', startBytes: 8e9, totalBytes: 13e9, fits: true });
  expect(view.outline?.parts.map(({ kind }) => kind)).toEqual(['weights', 'kv', 'compute']);
});

test('the outline lies over what would be unloaded for it', () => {
  const view = viewMemory(sample, runners, nameOf, { ...question, evicts: ['small'] });
  expect(view.models).toEqual([
    { kind: 'models', label: 'LARGE', bytes: 5.5e9 },
    { kind: 'leaving', label: 'SMALL, unloaded', bytes: 2.5e9 },
  ]);
  expect(view.outline?.startBytes).toBe(5.5e9);
});

test('a model that is held is drawn in its parts, beside the others', () => {
  const held = { ...question, modelId: 'large', estimate: estimate(4e9, 1e9, 0.5e9), held: true };
  expect(viewMemory(sample, runners, nameOf, held)).toMatchObject({
    models: [
      { kind: 'weights', bytes: 4e9 },
      { kind: 'kv', bytes: 1e9 },
      { kind: 'compute', bytes: 0.5e9 },
      { kind: 'models', label: 'SMALL', bytes: 2.5e9 },
    ],
    outline: null,
  });
});

test('a loaded model with other settings is an outline in its own place', () => {
  const other = { ...question, modelId: 'large' };
  expect(viewMemory(sample, runners, nameOf, other)).toMatchObject({
    models: [{ kind: 'models', label: 'SMALL' }],
    outline: { startBytes: 2.5e9 },
  });
});

test('a runner without an estimate counts as measured, one that failed not at all', () => {
  const odd = [runner('a', { residentBytes: 3e9 }), runner('b', { state: 'failed' })];
  expect(viewMemory(sample, odd, nameOf).models).toEqual([{ kind: 'weights', label: 'Weights', bytes: 3e9 }]);
});

test('the budget is said with both numbers', () => {
  expect(budgetWords(sample.budget)).toBe('Models take 8 GB of 22 GB');
});
