import { array, assert, integer, nat, property, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { halfOfLongest, nextBlock } from './blocks.ts';
import { addRange, bytesIn, frontierOf, gapsIn, removeRange, type Ranges } from './ranges.ts';

const size = 40;
const range = tuple(nat(size), nat(size)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const bytesOf = (ranges: Ranges) =>
  Array.from({ length: size }, (_, byte) => ranges.some(({ from, to }) => byte >= from && byte < to));

it('ranges are the sets of bytes that they stand for', () => {
  assert(
    property(array(range), range, (added, removed) => {
      const ranges = added.reduce<Ranges>(addRange, []);
      const expected = bytesOf(added);
      expect(bytesOf(ranges)).toEqual(expected);
      expect(bytesIn(ranges)).toBe(expected.filter(Boolean).length);
      expect(bytesOf(gapsIn(ranges, size))).toEqual(expected.map((there) => !there));
      expect(frontierOf(ranges)).toBe(expected.includes(false) ? expected.indexOf(false) : size);
      const rest = bytesOf(removeRange(ranges, removed));
      expect(rest).toEqual(
        expected.map((there, byte) => there && !(byte >= removed.from && byte < removed.to)),
      );
      // In order, and none touching another.
      expect(ranges.every(({ from }, index) => index === 0 || from > (ranges[index - 1]?.to ?? 0))).toBe(
        true,
      );
    }),
  );
});

it('blocks are handed out from the front, and never twice', () => {
  assert(
    property(array(range), integer({ min: 1, max: 9 }), (added, blockBytes) => {
      const verified = added.reduce<Ranges>(addRange, []);
      const taken: { from: number; to: number }[] = [];
      for (;;) {
        const block = nextBlock({ size, verified, taken, blockBytes });
        if (block === null) break;
        expect(block.to - block.from).toBeLessThanOrEqual(blockBytes);
        taken.push(block);
      }
      expect(taken.reduce((total, { from, to }) => total + to - from, 0)).toBe(size - bytesIn(verified));
      expect(taken.reduce<Ranges>(addRange, verified)).toEqual(size > 0 ? [{ from: 0, to: size }] : []);
    }),
  );
});

const mebibyte = 1024 * 1024;
const blocks = array(tuple(nat(9 * mebibyte), integer({ min: 1, max: 9 * mebibyte }))).map((lengths) => {
  let end = 0;
  return lengths.map(([gap, length]) => {
    const from = end + gap;
    end = from + length;
    return { from, to: end };
  });
});

it('where all is taken, the longest block is shared in halves; short ones are not', () => {
  assert(
    property(blocks, (taken) => {
      const most = Math.max(0, ...taken.map(({ from, to }) => to - from));
      const shared = halfOfLongest(taken);
      expect(shared === null).toBe(most < 4 * mebibyte);
      if (shared === null) return;
      const { of, half } = shared;
      expect(taken).toContain(of);
      expect([of.to - of.from, half.to]).toEqual([most, of.to]);
      expect(Math.abs(half.from - of.from - (half.to - half.from))).toBeLessThanOrEqual(1);
    }),
  );
});
