import { describe, expect, it } from 'vitest';
import { countedBytes, heldBytes, memoryLimit } from './budget.ts';

const gib = 2 ** 30;
const input = {
  settingBytes: null,
  gpuBytes: null,
  memory: { totalBytes: 16 * gib, availableBytes: 10 * gib },
  heldBytes: 0,
};

describe('memoryLimit', () => {
  it("is the owner's choice before anything else", () => {
    expect(memoryLimit({ ...input, settingBytes: 5, gpuBytes: 12 * gib })).toEqual({
      limitBytes: 5,
      source: 'setting',
    });
  });

  it('is what the GPU recommends where there is one', () => {
    expect(memoryLimit({ ...input, gpuBytes: 12 * gib })).toEqual({ limitBytes: 12 * gib, source: 'gpu' });
  });

  it('is what is free and what models hold already, less a tenth for everything else', () => {
    const { limitBytes, source } = memoryLimit({ ...input, heldBytes: 3 * gib });
    expect(limitBytes).toBe(Math.floor(13 * gib - 1.6 * gib));
    expect(source).toBe('free');
  });

  it('reserves no more than 2 GiB of a large memory, and is never less than nothing', () => {
    const large = { totalBytes: 512 * gib, availableBytes: 500 * gib };
    expect(memoryLimit({ ...input, memory: large }).limitBytes).toBe(498 * gib);
    const full = { totalBytes: 16 * gib, availableBytes: 0 };
    expect(memoryLimit({ ...input, memory: full }).limitBytes).toBe(0);
  });
});

describe('a model', () => {
  const usage = { estimatedBytes: 100, weightsBytes: 60, residentBytes: 130 };

  it('counts for what it really holds where that is more than was estimated', () => {
    expect(countedBytes(usage, false)).toBe(130);
    expect(countedBytes({ ...usage, residentBytes: 90 }, false)).toBe(100);
    expect(countedBytes({ ...usage, residentBytes: null }, false)).toBe(100);
  });

  it('counts for its estimate on a GPU', () => {
    expect(countedBytes(usage, true)).toBe(100);
  });

  it('does not hold the pages that its weights are mapped to', () => {
    expect(heldBytes(usage)).toBe(70);
    expect(heldBytes({ ...usage, residentBytes: 20 })).toBe(0);
  });
});
