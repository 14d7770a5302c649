import { ImpetusError, type MemoryEstimate, type ModelEntry, type RunnerSettings } from '@impetus/contracts';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Estimates, plainEstimate, type EstimateInput } from './estimates.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const settings = {
  contextSize: 1_024,
  sequences: 2,
  threads: 1,
  kvType: 'f16',
  chatTemplate: null,
} as RunnerSettings;
const input: EstimateInput = {
  entry: { id: 'm', path: '/m.gguf' } as ModelEntry,
  files: { identity: 'abc', sizeBytes: 5_000_000 },
  shape: { blockCount: 10, headCountKv: 4, keyLength: 32, valueLength: 32 },
  settings,
};

function setUp(answer: () => Promise<MemoryEstimate>) {
  const spare = { answers: true, asked: 0 };
  const estimates = new Estimates({
    log: silent,
    spare: {
      get answers() {
        return spare.answers;
      },
      estimate: () => {
        spare.asked += 1;
        return answer();
      },
    },
  });
  return { spare, estimates };
}

const exact = { totalBytes: 7 } as MemoryEstimate;

it('by plain arithmetic are the file, the KV cache and an allowance', () => {
  const { weightsBytes, kvBytes, computeBytes, totalBytes } = plainEstimate(input);
  expect(weightsBytes).toBe(5_000_000);
  expect(kvBytes).toBe(10 * 4 * 64 * 2 * 1_024 * 2);
  expect(totalBytes).toBe(weightsBytes + kvBytes + computeBytes);
});

it('are asked for once for the same file and settings, whatever does not matter for memory', async () => {
  const { spare, estimates } = setUp(() => Promise.resolve(exact));
  expect(await Promise.all([estimates.of(input), estimates.of(input)])).toEqual([exact, exact]);
  await estimates.of({ ...input, settings: { ...settings, threads: 9, chatTemplate: 'x' } });
  expect(spare.asked).toBe(1);
  await estimates.of({ ...input, settings: { ...settings, contextSize: 2_048 } });
  await estimates.of({ ...input, files: { ...input.files, identity: 'changed' } });
  expect(spare.asked).toBe(3);
});

it('fall back to plain arithmetic for a file that cannot be looked at, and leave it alone from then on', async () => {
  const { spare, estimates } = setUp(() => Promise.reject(new ImpetusError('runner_failed', 'Gone.')));
  expect(await estimates.of(input)).toEqual(plainEstimate(input));
  expect(await estimates.of(input)).toEqual(plainEstimate(input));
  expect(spare.asked).toBe(1);
});

it('that came too late are asked for again after a while', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let isBusy = true;
  const { spare, estimates } = setUp(() =>
    isBusy ? Promise.reject(new ImpetusError('timeout', 'Too long.')) : Promise.resolve(exact),
  );
  expect(await estimates.of(input)).toEqual(plainEstimate(input));
  isBusy = false;
  expect(await estimates.of(input)).toEqual(plainEstimate(input));
  expect(spare.asked).toBe(1);
  vi.advanceTimersByTime(5 * 60_000);
  expect(await estimates.of(input)).toBe(exact);
});

it('are plain while there is nobody to ask, and exact again after', async () => {
  const { spare, estimates } = setUp(() => Promise.resolve(exact));
  spare.answers = false;
  expect(await estimates.of(input)).toEqual(plainEstimate(input));
  spare.answers = true;
  expect(await estimates.of(input)).toBe(exact);
});
