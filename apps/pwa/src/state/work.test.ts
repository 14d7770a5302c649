import type { RunnerStatus } from '@impetus/contracts/models';
import { expect, test } from 'vitest';
import { freeWords, loadedRunners, stopWords, workOf, workWords } from './work.ts';

const runner = (modelId: string, some: Partial<RunnerStatus>): RunnerStatus =>
  ({ modelId, state: 'ready', active: 0, queued: 0, ...some }) as RunnerStatus;
const nameOf = (id: string): string => id.toUpperCase();

test.each([
  [0, 0, 'Nothing is being written.'],
  [1, 0, 'One answer is being written.'],
  [3, 2, '3 answers are being written and 2 requests wait.'],
  [0, 1, 'One request waits.'],
])('%d active and %d queued: %s', (active, queued, words) => {
  expect(workWords({ active, queued })).toBe(words);
});

test('freeing names every model that holds memory, and what they do', () => {
  const runners = [
    runner('a', { active: 1 }),
    runner('b', { state: 'starting' }),
    runner('c', { state: 'failed' }),
  ];
  expect(loadedRunners(runners)).toHaveLength(2);
  expect(workOf(runners)).toEqual({ active: 1, queued: 0 });
  expect(freeWords(runners, nameOf)).toBe('A and B will be unloaded. One answer is being written.');
});

test('stopping names the models that are busy alone', () => {
  const runners = [runner('a', { active: 1, queued: 1 }), runner('b', {})];
  expect(stopWords(runners, nameOf)).toBe(
    'One answer is being written and one request waits. They are asked of A, by this device and others. Models stay loaded.',
  );
  expect(stopWords([runner('b', {})], nameOf)).toBe('Nothing is being written.');
});
