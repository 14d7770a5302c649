import { describe, expect, it } from 'vitest';
import { outOfBounds, superseded, type Kept } from './retention.ts';

const kept = (id: string, usedAt: number, bytes = 10, tokens: readonly number[] = []): Kept => ({
  id,
  usedAt,
  bytes,
  tokens: Uint32Array.from(tokens),
});

describe('outOfBounds', () => {
  const states = [kept('new', 90), kept('old', 10), kept('middle', 50)];

  it('keeps everything that is within its bounds', () => {
    expect(outOfBounds(states, { maxBytes: 30, maxAgeMs: 90 }, 100)).toEqual([]);
  });

  it('removes what was not used for longest until the rest is small enough', () => {
    expect(outOfBounds(states, { maxBytes: 29, maxAgeMs: 1_000 }, 100)).toEqual(['old']);
    expect(outOfBounds(states, { maxBytes: 15, maxAgeMs: 1_000 }, 100)).toEqual(['old', 'middle']);
    expect(outOfBounds(states, { maxBytes: 0, maxAgeMs: 1_000 }, 100)).toEqual(['old', 'middle', 'new']);
  });

  it('removes what is too old, however much room there is', () => {
    expect(outOfBounds(states, { maxBytes: 1_000, maxAgeMs: 45 }, 100)).toEqual(['old', 'middle']);
  });
});

describe('superseded', () => {
  it('names what a longer state begins with, and not itself', () => {
    const longer = kept('d', 0, 10, [1, 2, 3, 4]);
    const states = [
      kept('a', 0, 10, [1, 2, 3]),
      kept('b', 0, 10, [1, 2, 9]),
      kept('c', 0, 10, [1, 2, 3, 4, 5]),
      kept('e', 0, 10, [1, 2, 3, 4]),
      longer,
    ];
    expect(superseded(states, longer)).toEqual(['a', 'e']);
  });
});
