import { describe, expect, it } from 'vitest';
import { evaluateOptions, foldSeed } from './sampling.ts';

describe('evaluateOptions', () => {
  it('always passes a seed, since the engine would take the clock', () => {
    expect(evaluateOptions({}, []).seed).toBeGreaterThanOrEqual(0);
  });

  it('leaves penalties out when they do nothing', () => {
    expect(evaluateOptions({ frequencyPenalty: 0, repeatPenalty: 1 }, [])).not.toHaveProperty(
      'repeatPenalty',
    );
  });

  it('passes penalties on', () => {
    expect(evaluateOptions({ presencePenalty: 0.5 }, []).repeatPenalty).toMatchObject({
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
