import type { Download } from '@impetus/contracts/downloads';
import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import type { AgentInfo, MemorySample, StateEvent } from '@impetus/contracts/state';
import type { TrustStatus } from '@impetus/contracts/trust';
import { expect, test } from 'vitest';
import { reduceAgent, unknownAgent, type AgentState } from './agent-reducer.ts';

const agent = { name: 'Studio', version: '0.1.0' } as AgentInfo;
const memory = { totalBytes: 64e9, availableBytes: 40e9 } as MemorySample;
const trust = { mode: 'off', origins: [] as TrustStatus['origins'] } as TrustStatus;
const model = (id: string): ModelEntry => ({ id, name: id }) as ModelEntry;
const runner = (modelId: string, state: RunnerStatus['state'] = 'ready'): RunnerStatus =>
  ({ modelId, state }) as RunnerStatus;

const snapshot: StateEvent = {
  type: 'snapshot',
  agent,
  models: [model('a'), model('b')],
  runners: [runner('a'), runner('b')],
  memory,
  defaultModel: 'a',
  downloads: [],
  trust,
  uploads: [],
};

function after(...events: StateEvent[]): AgentState {
  return events.reduce(reduceAgent, unknownAgent);
}

test('a snapshot replaces everything', () => {
  const state = after(snapshot, { ...snapshot, models: [model('c')], runners: [], defaultModel: null });
  expect(state).toEqual({
    agent,
    models: [model('c')],
    runners: [],
    memory,
    defaultModel: null,
    downloads: [],
    trust,
    uploads: [],
    benchmarks: [],
  });
  expect(state).not.toHaveProperty('type');
});

test('a runner that changes keeps its place, a new one comes last', () => {
  const state = after(
    snapshot,
    { type: 'runner', runner: runner('a', 'stopping') },
    { type: 'runner', runner: runner('c', 'starting') },
  );
  expect(state.runners).toEqual([runner('a', 'stopping'), runner('b'), runner('c', 'starting')]);
});

test('a runner that is gone leaves the others', () => {
  expect(after(snapshot, { type: 'runner-gone', modelId: 'a' }).runners).toEqual([runner('b')]);
});

test('an event leaves the identity of what it does not touch', () => {
  const before = after(snapshot);
  const next = reduceAgent(before, { type: 'memory', memory: { ...memory, availableBytes: 1e9 } });
  expect(next.models).toBe(before.models);
  expect(next.runners).toBe(before.runners);
  expect(next.memory?.availableBytes).toBe(1e9);
});

test('the list of models and the default model change on their own', () => {
  const state = after(
    snapshot,
    { type: 'models', changed: [model('c'), { ...model('b'), favourite: true }], removed: ['a'] },
    { type: 'default-model', modelId: 'b' },
  );
  expect(state.models).toEqual([{ ...model('b'), favourite: true }, model('c')]);
  expect(state.defaultModel).toBe('b');
});

test('the trust of other devices changes on its own', () => {
  const state = after(snapshot, { type: 'trust', trust: { ...trust, mode: 'own' } });
  expect(state.trust?.mode).toBe('own');
  expect(state.models).toEqual([model('a'), model('b')]);
});

test('progress moves the downloads that it names, and their files', () => {
  const download = (id: string) =>
    ({ id, doneBytes: 0, files: [{ path: 'a.gguf', sizeBytes: 9, doneBytes: 0 }] }) as unknown as Download;
  const before = after(snapshot, { type: 'downloads', downloads: [download('x'), download('y')] });
  const moved = { id: 'y', doneBytes: 5, bytesPerSecond: 1, secondsLeft: 4, connections: 2 };
  const next = reduceAgent(before, {
    type: 'download-progress',
    progress: [{ ...moved, fileDoneBytes: [5] }],
  });
  expect(next.downloads[0]).toBe(before.downloads[0]);
  expect(next.downloads[1]).toEqual({
    ...moved,
    files: [{ path: 'a.gguf', sizeBytes: 9, doneBytes: 5 }],
  });
});
