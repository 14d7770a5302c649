import type { RunnerStatus } from '@impetus/contracts/models';
import { expect, test } from 'vitest';
import { foremost, viewRunner } from './runner-view.ts';

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
    ...some,
  };
}

test.each<[Partial<RunnerStatus>, string, string]>([
  [{ state: 'starting', stage: 'process' }, 'working', 'Starting'],
  [{ state: 'starting', stage: 'weights', progress: 0.42 }, 'working', 'Loading, 42%'],
  [{ state: 'starting', stage: 'context', progress: 0.95 }, 'working', 'Preparing the context'],
  [{}, 'running', 'Ready'],
  [{ active: 1, prefill: 0.5 }, 'running', 'Reading the prompt'],
  [{ active: 2, tokensPerSecond: 34.24 }, 'running', '34.2 tokens/s'],
  [{ active: 1 }, 'running', 'Busy'],
  [{ state: 'stopping' }, 'working', 'Unloading'],
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
