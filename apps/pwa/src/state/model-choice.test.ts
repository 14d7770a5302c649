import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import { expect, test } from 'vitest';
import { chooseModel } from './model-choice.ts';

const model = (id: string, some: Partial<ModelEntry> = {}): ModelEntry =>
  ({ id, kind: 'chat', source: 'folder', problem: null, ...some }) as ModelEntry;
const ready = (modelId: string): RunnerStatus => ({ modelId, state: 'ready' }) as RunnerStatus;

const models = [
  model('big'),
  model('vectors', { kind: 'embedding' }),
  model('broken', { problem: 'It has no weights.' }),
  model('sample', { source: 'sample', kind: 'completion' }),
];

function choose(some: { wanted?: string; defaultModel?: string; runners?: RunnerStatus[] }): string | null {
  return chooseModel({
    models,
    runners: some.runners ?? [],
    defaultModel: some.defaultModel ?? null,
    wanted: some.wanted ?? null,
  });
}

test('the chosen model comes first, then the default, then what is loaded, then the sample', () => {
  const runners = [ready('big')];
  expect(choose({ wanted: 'big', defaultModel: 'sample', runners })).toBe('big');
  expect(choose({ defaultModel: 'sample', runners })).toBe('sample');
  expect(choose({ runners })).toBe('big');
  expect(choose({})).toBe('sample');
});

test('what cannot be talked to, or is gone, is passed over', () => {
  expect(choose({ wanted: 'broken', defaultModel: 'vectors', runners: [ready('vectors')] })).toBe('sample');
  expect(choose({ wanted: 'removed' })).toBe('sample');
});

test('without a model to talk to there is none', () => {
  const none = {
    models: [model('vectors', { kind: 'embedding' })],
    runners: [],
    defaultModel: null,
    wanted: null,
  };
  expect(chooseModel(none)).toBeNull();
});
