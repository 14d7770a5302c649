import { expect, it } from 'vitest';
import { bytesOfContext, mostTokensMeasured } from './large-contexts.ts';

const bytesOf = (contextSize: number) => 1_000 + contextSize * 32;

it.each([
  { contextSize: 4_096, sequences: 4, tried: [4_096] },
  { contextSize: 2 ** 20, sequences: 1, tried: [2 ** 20] },
  { contextSize: 16_000_000, sequences: 64, tried: [8_192, 16_384] },
  { contextSize: 16_777_216, sequences: 256, tried: [2_048, 4_096] },
])(
  'an estimate of $contextSize tokens in $sequences sequences tries no more than memory is there for',
  async (asked) => {
    const tried: number[] = [];
    const bytes = await bytesOfContext(asked, async (contextSize) => {
      tried.push(contextSize);
      return bytesOf(contextSize);
    });
    expect(bytes).toBe(bytesOf(asked.contextSize));
    expect(tried).toEqual(asked.tried);
    expect(Math.max(...tried) * asked.sequences).toBeLessThanOrEqual(mostTokensMeasured);
  },
);
