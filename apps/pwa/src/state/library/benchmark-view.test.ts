import type { ModelBenchmark } from '@impetus/contracts/library';
import { expect, test } from 'vitest';
import { benchmarkSettings, mergeBenchmarks } from './benchmark-view.ts';

const measured = (some: Partial<ModelBenchmark>): ModelBenchmark => ({
  id: 'b',
  modelId: 'm',
  state: 'done',
  startedAt: '2026-01-01T10:00:00.000Z',
  endedAt: null,
  progress: 1,
  points: [],
  settings: null,
  gpu: null,
  quant: 'Q4_K_M',
  engine: 'llama.cpp b1',
  error: null,
  ...some,
});

test('the newest first, of this model alone, as it was last heard of', () => {
  const old = measured({ id: 'old', startedAt: '2025-01-01T10:00:00.000Z' });
  const before = measured({ state: 'running', progress: 0.2 });
  const now = measured({ progress: 1 });
  const merged = mergeBenchmarks([old, before], [now, measured({ id: 'x', modelId: 'other' })], 'm');
  expect(merged).toEqual([now, old]);
});

test('it says how the model was held', () => {
  expect(benchmarkSettings(measured({}))).toBe('Q4_K_M, llama.cpp b1');
});
