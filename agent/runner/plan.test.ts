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
    expect(chunkSize(null, 0)).toBe(128);
  });

  it.each([
    ['a slow machine', 0.05, 0, 64],
    ['a machine that reads 240 tokens a second', 0.24, 0, 128],
    ['the same with streams beside', 0.24, 1, 65],
    ['one that reads 500 a second', 0.5, 0, 256],
    ['a fast one', 20, 0, 512],
    ['a fast one with streams beside', 20, 3, 257],
    ['a slow one with streams beside', 0.05, 3, 65],
  ])('fits %s', (_, tokensPerMs, decoding, size) => {
    expect(chunkSize(tokensPerMs, decoding)).toBe(size);
  });
});

describe('planPrefill', () => {
  const planned = (remaining: readonly number[], chunk: number, step = 0, room = 512) => {
    const prompts = remaining.map((count, id) => ({ id, remaining: count }));
    return [...planPrefill(prompts, { chunk, room, step })].map(([{ id }, count]) => [id, count]);
  };

  it('has nothing to do without prompts', () => {
    expect(planned([], 128)).toEqual([]);
  });

  it('reads a long prompt chunk by chunk, and leaves no short rest', () => {
    expect(planned([4_000], 128)).toEqual([[0, 128]]);
    expect(planned([193], 128)).toEqual([[0, 128]]);
    expect(planned([192], 128)).toEqual([[0, 192]]);
    expect(planned([65], 128)).toEqual([[0, 65]]);
  });

  it('leaves a longer rest where the batch has no room for all', () => {
    expect(planned([520], 512)).toEqual([[0, 455]]);
    expect(planned([512], 512)).toEqual([[0, 512]]);
  });

  it('never plans more than the batch takes beside the streams', () => {
    expect(planned([4_000], 128, 0, 4)).toEqual([[0, 4]]);
    expect(planned([100], 128, 0, 4)).toEqual([[0, 4]]);
    expect(planned([30, 20], 128, 0, 4)).toEqual([[0, 4]]);
    expect(planned([66], 65, 0, 1)).toEqual([[0, 1]]);
  });

  it('reads short prompts together', () => {
    expect(planned([16, 40, 16], 128)).toEqual([
      [0, 16],
      [1, 40],
      [2, 16],
    ]);
    expect(planned([60, 60, 60], 128)).toEqual([
      [0, 60],
      [1, 60],
    ]);
  });

  it('lets short ones pass a long one that came first, and then goes on with it', () => {
    expect(planned([4_000, 30, 40], 128, 0)).toEqual([
      [1, 30],
      [2, 40],
    ]);
    expect(planned([4_000, 30, 40], 128, 1)).toEqual([[0, 128]]);
  });

  it('reads the oldest of long ones and the one that needs least in turn', () => {
    expect(planned([4_000, 900, 300], 128, 0)).toEqual([[0, 128]]);
    expect(planned([4_000, 900, 300], 128, 1)).toEqual([[2, 128]]);
    expect(planned([4_000, 900, 30], 128, 1)).toEqual([[0, 128]]);
    expect(planned([4_000, 900, 30], 128, 3)).toEqual([[1, 128]]);
  });
});
