import { describe, expect, it } from 'vitest';
import { chunkSize, commonPrefixLength, planPrefill } from './plan.ts';

describe('commonPrefixLength', () => {
  it.each([
    [[], [1, 2], 0],
    [[1, 2], [], 0],
    [[1, 2, 3], [1, 2, 4], 2],
    [[1, 2], [1, 2, 3], 2],
    [[2, 2], [1, 2], 0],
  ])('%j and %j begin alike for %i tokens', (held, wanted, length) => {
    expect(commonPrefixLength(held, wanted)).toBe(length);
  });

  it('reads typed arrays, too', () => {
    expect(commonPrefixLength(Uint32Array.of(1, 2, 3), [1, 2, 9])).toBe(2);
  });
});

describe('chunkSize', () => {
  it('starts small on a machine that is not known yet', () => {
    expect(chunkSize(null, 0, 512)).toBe(128);
  });

  it.each([
    ['a slow machine', 0.05, 0, 64],
    ['a machine that reads 240 tokens a second', 0.24, 0, 64],
    ['one that reads 500 a second', 0.5, 0, 128],
    ['a fast one', 20, 0, 512],
    ['a fast one with streams beside', 20, 3, 256],
    ['a slow one with streams beside', 0.05, 3, 64],
  ])('fits %s', (_, tokensPerMs, decoding, size) => {
    expect(chunkSize(tokensPerMs, decoding, 2_048)).toBe(size);
  });

  it('leaves room in the batch for the streams', () => {
    expect(chunkSize(20, 8, 64)).toBe(56);
    expect(chunkSize(20, 0, 32)).toBe(32);
  });

  it('goes on with one token where the streams fill the batch', () => {
    expect(chunkSize(null, 64, 64)).toBe(1);
  });
});

describe('planPrefill', () => {
  const planned = (prompts: readonly { id: number; remaining: number }[], budget: number) =>
    [...planPrefill(prompts, budget)].map(([{ id }, count]) => [id, count]);

  it('has nothing to do without prompts', () => {
    expect(planned([], 128)).toEqual([]);
  });

  it('gives one prompt everything, and never more than it needs', () => {
    expect(planned([{ id: 2, remaining: 4_000 }], 512)).toEqual([[2, 512]]);
    expect(planned([{ id: 2, remaining: 40 }], 512)).toEqual([[2, 40]]);
  });

  it('lets a short question pass beside a long document that came first', () => {
    expect(
      planned(
        [
          { id: 0, remaining: 4_000 },
          { id: 1, remaining: 30 },
        ],
        128,
      ),
    ).toEqual([
      [0, 98],
      [1, 30],
    ]);
  });

  it('keeps half for the oldest, however many short ones come', () => {
    expect(
      planned(
        [
          { id: 3, remaining: 4_000 },
          { id: 0, remaining: 40 },
          { id: 1, remaining: 30 },
          { id: 2, remaining: 50 },
        ],
        128,
      ),
    ).toEqual([
      [3, 64],
      [1, 30],
      [0, 34],
    ]);
  });

  it('gives what the oldest does not need to the others', () => {
    expect(
      planned(
        [
          { id: 0, remaining: 10 },
          { id: 1, remaining: 900 },
        ],
        128,
      ),
    ).toEqual([
      [0, 10],
      [1, 118],
    ]);
  });

  it('spends a budget of one token on the oldest', () => {
    expect(
      planned(
        [
          { id: 1, remaining: 9 },
          { id: 0, remaining: 9 },
        ],
        1,
      ),
    ).toEqual([[1, 1]]);
  });
});
