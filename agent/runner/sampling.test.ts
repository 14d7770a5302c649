import { describe, expect, it } from 'vitest';
import type { Sampling } from '@impetus/contracts';
import { evaluateOptions, foldSeed } from './sampling.ts';

const options = (sampling: Sampling) => evaluateOptions(() => noBias, { sampling }, []);
const noBias = undefined as never;

describe('evaluateOptions', () => {
  it('leaves out what is switched off', () => {
    const off = options({ xtcProbability: 0, dryMultiplier: 0, repeatPenalty: 1.2, repeatLastN: 0 });
    for (const key of ['xtc', 'dryRepeatPenalty', 'repeatPenalty', 'tokenBias']) {
      expect(off).not.toHaveProperty(key);
    }
  });

  it('always passes a seed, since the engine would take the clock', () => {
    expect(options({}).seed).toBeGreaterThanOrEqual(0);
  });

  it('leaves penalties out when they do nothing', () => {
    expect(options({ frequencyPenalty: 0, repeatPenalty: 1 })).not.toHaveProperty('repeatPenalty');
  });

  it('passes penalties on', () => {
    expect(options({ presencePenalty: 0.5 }).repeatPenalty).toMatchObject({
      presencePenalty: 0.5,
      frequencyPenalty: 0,
      penalty: 1,
    });
  });
});

describe('foldSeed', () => {
  it.each([0, 1, 42, -1, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER])(
    'keeps %i in the range of the engine',
    (seed) => {
      expect(foldSeed(seed)).toBeGreaterThanOrEqual(0);
      expect(foldSeed(seed)).toBeLessThan(2 ** 32 - 1);
    },
  );
});
