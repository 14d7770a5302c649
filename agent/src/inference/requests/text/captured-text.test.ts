import { describe, expect, it } from 'vitest';
import { cutText, sizeOf, textsToForget, toCapturedText } from './captured-text.ts';

describe('a text', () => {
  it('is cut at a whole character', () => {
    expect(cutText('abcdef', 6)).toBe('abcdef');
    expect(cutText('abcdef', 4)).toBe('abcd');
    expect(cutText('aéé', 4)).toBe('aé');
    expect(cutText('a😀b', 4)).toBe('a');
    expect(cutText('a😀b', 5)).toBe('a😀');
    expect(cutText('', 0)).toBe('');
  });

  it('says when it is not whole', () => {
    expect(toCapturedText('ab', 'cd', 2)).toEqual({ prompt: 'ab', answer: 'cd', cut: false });
    expect(toCapturedText('abc', 'cd', 2)).toEqual({ prompt: 'ab', answer: 'cd', cut: true });
    expect(toCapturedText('ab', 'cde', 2)).toEqual({ prompt: 'ab', answer: 'cd', cut: true });
  });

  it('takes at most a megabyte for each half', () => {
    const long = 'é'.repeat(600_000);
    const text = toCapturedText(long, long);
    expect(text.cut).toBe(true);
    expect(sizeOf(text)).toBe(2_000_000);
  });
});

describe('the texts that go', () => {
  const texts = [10, 20, 30].map((bytes, index) => ({ id: `t${index}`, bytes }));
  const ids = (totalBytes: number, maxBytes: number) =>
    textsToForget(texts, totalBytes, maxBytes).map(({ id }) => id);

  it('are the oldest, no more than need be', () => {
    expect(ids(60, 60)).toEqual([]);
    expect(ids(60, 59)).toEqual(['t0']);
    expect(ids(60, 50)).toEqual(['t0']);
    expect(ids(60, 49)).toEqual(['t0', 't1']);
    expect(ids(60, 0)).toEqual(['t0', 't1', 't2']);
  });

  it('are all that were told where more have to go', () => {
    expect(ids(1_000, 100)).toEqual(['t0', 't1', 't2']);
  });
});
