import { describe, expect, it } from 'vitest';
import { chooseSequence, commonPrefixLength, planPrefill, prefillBesideDecoding } from './plan.ts';

describe('chooseSequence', () => {
  it('prefers the longest common prefix', () => {
    const free = [
      { id: 0, commonPrefix: 3, held: 3 },
      { id: 2, commonPrefix: 40, held: 90 },
    ];
    expect(chooseSequence(free)?.id).toBe(2);
  });

  it('takes an empty place before one whose history would be lost', () => {
    const free = [
      { id: 0, commonPrefix: 1, held: 500 },
      { id: 1, commonPrefix: 1, held: 1 },
    ];
    expect(chooseSequence(free)?.id).toBe(1);
  });

  it('takes the lowest id among equals', () => {
    const free = [3, 1, 2].map((id) => ({ id, commonPrefix: 0, held: 0 }));
    expect(chooseSequence(free)?.id).toBe(1);
  });

  it('has no answer when every place is taken', () => {
    expect(chooseSequence([])).toBeUndefined();
  });
});

describe('commonPrefixLength', () => {
  it.each([
    [[], [1], 0],
    [[1, 2, 3], [1, 2, 4], 2],
    [[1, 2], [1, 2, 3], 2],
    [[2], [1], 0],
  ])('%j and %j share %i', (held, wanted, length) => {
    expect(commonPrefixLength(held, wanted)).toBe(length);
  });
});

describe('planPrefill', () => {
  it('gives a prompt that is alone the whole batch', () => {
    expect(planPrefill([{ id: 1, remaining: 2000 }], 0, 512)).toEqual(new Map([[1, 512]]));
  });

  it('reads small chunks beside running streams', () => {
    expect(planPrefill([{ id: 1, remaining: 2000 }], 3, 512)).toEqual(new Map([[1, prefillBesideDecoding]]));
  });

  it('never plans more than fits the batch beside the running streams', () => {
    expect(planPrefill([{ id: 1, remaining: 2000 }], 12, 16)).toEqual(new Map([[1, 4]]));
  });

  it('lets the first prompt finish before the next one begins', () => {
    const prompts = [
      { id: 4, remaining: 100 },
      { id: 1, remaining: 600 },
      { id: 2, remaining: 5 },
    ];
    expect(planPrefill(prompts, 0, 512)).toEqual(
      new Map([
        [4, 100],
        [1, 412],
      ]),
    );
  });
});
