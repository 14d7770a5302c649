import type { RunnerStatus } from '@impetus/contracts/models';
import { expect, test } from 'vitest';
import { foremost, runnerNotes, viewRunner } from './runner-view.ts';

function runner(some: Partial<RunnerStatus>): RunnerStatus {
  return {
    modelId: 'm',
    state: 'ready',
    stage: null,
    progress: null,
    contextSize: null,
    sequences: null,
    active: 0,
    queued: 0,
    tokensPerSecond: null,
    prefill: null,
    residentBytes: null,
    pid: null,
    gpu: null,
    readyAt: null,
    error: null,
    estimate: null,
    pinned: false,
    unloadsAt: null,
    waitsFor: [],
    ...some,
  };
}

test.each<[Partial<RunnerStatus>, string, string]>([
  [{ state: 'starting', stage: 'process' }, 'working', 'Starting'],
  [{ state: 'starting', stage: 'weights', progress: 0.42 }, 'working', 'Loading, 42%'],
  [{ state: 'starting', stage: 'context', progress: 0.95 }, 'working', 'Preparing the context'],
  [{}, 'running', 'Ready'],
  [{ active: 1, prefill: 0.5 }, 'running', 'Reading the prompt'],
  [{ active: 2, tokensPerSecond: 34.24 }, 'running', 'Writing at 34.2 tokens/s'],
  [{ active: 1 }, 'running', 'Busy'],
  [{ state: 'stopping' }, 'working', 'Unloading'],
  [{ state: 'waiting', waitsFor: ['A', 'B'] }, 'waiting', 'Waiting for A and B'],
  [{ state: 'waiting' }, 'waiting', 'Waiting for room'],
  [{ state: 'failed' }, 'failed', 'Failed'],
])('%o reads as %s, %s', (some, kind, words) => {
  expect(viewRunner(runner(some), true)).toMatchObject({ kind, words });
});

test('while the Mac is away a state is what it was', () => {
  expect(viewRunner(runner({}), false)).toEqual({ kind: 'away', words: 'Was ready' });
  expect(viewRunner(runner({ active: 1, tokensPerSecond: 30 }), false).words).toBe('Was writing');
  expect(viewRunner(runner({ state: 'starting', stage: 'weights', progress: 0.4 }), false).words).toBe(
    'Was loading',
  );
  expect(viewRunner(runner({ state: 'waiting' }), false).words).toBe('Was waiting for room');
  expect(viewRunner(runner({ state: 'failed' }), false)).toEqual({ kind: 'failed', words: 'Failed' });
  expect(viewRunner(undefined, false)).toEqual({ kind: 'away', words: 'Not loaded' });
});

test('a glance falls on what writes, then on what changes, then on the latest that is ready', () => {
  const writing = runner({ modelId: 'w', active: 1 });
  const loading = runner({ modelId: 'l', state: 'starting' });
  const ready = runner({ modelId: 'r' });
  const failed = runner({ modelId: 'f', state: 'failed' });
  expect(foremost([failed, ready, loading, writing])?.modelId).toBe('w');
  expect(foremost([failed, ready, loading])?.modelId).toBe('l');
  expect(foremost([failed, ready])?.modelId).toBe('r');
  const early = runner({ modelId: 'e', readyAt: '2026-01-02T09:00:00Z' });
  const late = runner({ modelId: 'l', readyAt: '2026-01-02T09:41:00Z' });
  expect(foremost([early, late])?.modelId).toBe('l');
  expect(foremost([])).toBeUndefined();
});

test('beside its state a runner says its work, its memory and how long it stays', () => {
  const now = new Date(2026, 0, 2, 9, 0).getTime();
  const unloadsAt = new Date(2026, 0, 2, 9, 41).toISOString();
  const estimate = { weightsBytes: 4e9, kvBytes: 1e9, computeBytes: 0, totalBytes: 5e9 };
  expect(runnerNotes(runner({ estimate, unloadsAt, queued: 2 }), true, now)).toEqual([
    '5 GB',
    '2 waiting',
    'unloads at 09:41',
  ]);
  expect(runnerNotes(runner({ estimate, pinned: true }), true, now)).toEqual(['5 GB', 'pinned']);
  expect(runnerNotes(runner({ residentBytes: 3e9, active: 3, unloadsAt }), false, now)).toEqual(['3 GB']);
  expect(runnerNotes(runner({ active: 3 }), true, now)).toEqual(['3 answers']);
});

test('next to a name the words are few', () => {
  expect(viewRunner(runner({ active: 1, tokensPerSecond: 34.24 }), true).short).toBe('34.2 tokens/s');
  expect(viewRunner(runner({ state: 'waiting', waitsFor: ['A'] }), true).short).toBe('Waiting for room');
  expect(viewRunner(runner({}), true).short).toBeUndefined();
});
