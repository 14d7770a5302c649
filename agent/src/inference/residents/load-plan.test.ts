import type { MemoryEstimate, ModelEntry, RunnerSettings } from '@impetus/contracts';
import { expect, it } from 'vitest';
import type { Verdict } from './admission.ts';
import { describeLoad } from './load-plan.ts';

const gigabyte = 1_000_000_000;
const estimate: MemoryEstimate = {
  weightsBytes: 3 * gigabyte,
  kvBytes: 2 * gigabyte,
  computeBytes: 0.2 * gigabyte,
  totalBytes: 5.2 * gigabyte,
};
const names: Record<string, string> = { a: 'Ada', b: 'Bo' };

function planFor(verdict: Verdict | null) {
  return describeLoad({
    entry: { id: 'm', name: 'Mia' } as ModelEntry,
    launch: { settings: { contextSize: 8_192, sequences: 4 } as RunnerSettings, estimate, smallest: null },
    budget: { limitBytes: 8 * gigabyte, usedBytes: 2 * gigabyte, source: 'setting' },
    verdict,
    nameOf: (id) => names[id] ?? id,
  });
}

it.each([
  [null, 'loaded', [], 'Mia is loaded and takes about 5.2 GB.'],
  [{ kind: 'start' }, 'fits', [], 'Mia fits: it needs 5.2 GB, and 6 GB are free.'],
  [
    { kind: 'evict', ids: ['a', 'b'] },
    'evicts',
    ['a', 'b'],
    'Mia needs 5.2 GB; Ada and Bo will be unloaded to make room.',
  ],
  [
    { kind: 'wait', forIds: ['b'], victimIds: ['a', 'b'] },
    'waits',
    ['a', 'b'],
    'Mia needs 5.2 GB; it is loaded once Bo has finished.',
  ],
  [
    { kind: 'refuse', roomBytes: 8 * gigabyte, pinnedIds: [] },
    'does-not-fit',
    [],
    'Mia does not fit into memory: it needs 5.2 GB, and the limit for all models is 8 GB. Try a context size of 8192, or a smaller quant.',
  ],
  [
    { kind: 'refuse', roomBytes: 4 * gigabyte, pinnedIds: ['a'] },
    'does-not-fit',
    [],
    'Mia does not fit into memory: it needs 5.2 GB, and the limit for all models is 8 GB, of which pinned models (Ada) leave 4 GB. Try a context size of 3072, or a smaller quant.',
  ],
] as const)('%j is told as “%s”', (verdict, told, evicts, message) => {
  expect(planFor(verdict)).toMatchObject({
    verdict: told,
    evicts,
    message,
    modelId: 'm',
    contextSize: 8_192,
  });
});

it('names a context that fits only where this one does not', () => {
  expect(planFor({ kind: 'start' }).fittingContextSize).toBeNull();
  expect(planFor({ kind: 'refuse', roomBytes: 4 * gigabyte, pinnedIds: [] }).fittingContextSize).toBe(3_072);
  expect(planFor({ kind: 'refuse', roomBytes: gigabyte, pinnedIds: [] })).toMatchObject({
    fittingContextSize: null,
    message: expect.stringMatching(/Try a smaller quant\.$/u),
  });
});
