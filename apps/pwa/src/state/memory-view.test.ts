import type { RunnerStatus } from '@impetus/contracts/models';
import type { MemorySample } from '@impetus/contracts/state';
import { expect, test } from 'vitest';
import { fitOf, fitWords, viewMemory } from './memory-view.ts';

const sample: MemorySample = {
  totalBytes: 32e9,
  availableBytes: 12e9,
  agentResidentBytes: 0.1e9,
  runnersResidentBytes: 5e9,
  sampledAt: '2026-01-02T09:41:00Z',
};
const runner = (modelId: string, residentBytes: number | null): RunnerStatus =>
  ({ modelId, residentBytes }) as RunnerStatus;

const view = viewMemory(sample, [runner('a', 5e9), runner('b', null)], (id) => id.toUpperCase());

test('what nobody of ours holds and what is not free is the system’s', () => {
  expect(view.segments).toEqual([
    { kind: 'system', label: 'System and other apps', bytes: 14.9e9 },
    { kind: 'agent', label: 'IMPETUS', bytes: 0.1e9 },
    { kind: 'model', label: 'A', bytes: 5e9 },
  ]);
});

test('figures that were taken at different moments never make the system negative', () => {
  const crowded = viewMemory({ ...sample, availableBytes: 30e9 }, [runner('a', 5e9)], (id) => id);
  expect(crowded.segments[0]?.bytes).toBe(0);
});

test.each([
  [4e9, 'fits'],
  [14e9, 'after-unloading'],
  [20e9, 'too-large'],
])('a model of %d bytes: %s', (bytes, fit) => {
  expect(fitOf('x', bytes, view).fit).toBe(fit);
});

test('as few models as possible have to go', () => {
  const two = viewMemory(sample, [runner('small', 2e9), runner('large', 3e9)], (id) => id);
  expect(fitOf('x', 14e9, two).instead).toEqual(['large']);
  expect(fitWords(fitOf('x', 16e9, two), two)).toBe(
    'Fits once large and small are unloaded: needs 16 GB, 12 GB are free.',
  );
});

test('the verdict names both numbers', () => {
  expect(fitWords(fitOf('x', 20e9, view), view)).toBe(
    'Does not fit: needs 20 GB for its weights alone, 12 GB are free.',
  );
});
