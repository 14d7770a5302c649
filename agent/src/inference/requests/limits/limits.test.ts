import { describe, expect, it } from 'vitest';
import { hasPlace, takeRequest } from './limits.ts';

/** Sends requests at the given moments and answers for each how long it has to wait; 0: it may go. */
function waits(perMinute: number, moments: readonly number[]): number[] {
  let fullAt: number | undefined;
  return moments.map((now) => {
    const taken = takeRequest(fullAt, perMinute, now);
    if ('waitMs' in taken) return Math.round(taken.waitMs);
    fullAt = taken.fullAt;
    return 0;
  });
}

describe('requests per minute', () => {
  it('may come all at once, and then one by one as the bucket fills', () => {
    expect(waits(3, [0, 0, 0, 0])).toEqual([0, 0, 0, 20_000]);
    expect(waits(3, [0, 0, 0, 19_999, 20_000, 20_000])).toEqual([0, 0, 0, 1, 0, 20_000]);
  });

  it('are all there again after a minute, and never more of them', () => {
    expect(waits(2, [0, 0, 60_000, 60_000, 60_000])).toEqual([0, 0, 0, 0, 30_000]);
    expect(waits(2, [0, 600_000, 600_000, 600_000])).toEqual([0, 0, 0, 30_000]);
  });

  it.each([1, 3, 7, 13, 60, 999])('of %i: waiting as long as told is enough, and no less is', (perMinute) => {
    let fullAt: number | undefined;
    let now = 12_345.678;
    for (let sent = 0; sent < 2_000; sent += 1) {
      let taken = takeRequest(fullAt, perMinute, now);
      if ('waitMs' in taken) {
        expect(takeRequest(fullAt, perMinute, now + taken.waitMs - 1)).toHaveProperty('waitMs');
        now += taken.waitMs;
        taken = takeRequest(fullAt, perMinute, now);
      }
      fullAt = 'fullAt' in taken ? taken.fullAt : NaN;
      expect(fullAt).toBeGreaterThan(now);
    }
    expect(now - 12_345.678).toBeCloseTo(((2_000 - perMinute) / perMinute) * 60_000, 0);
  });
});

it('places are as many as allowed, or without number', () => {
  expect([hasPlace(0, 2), hasPlace(1, 2), hasPlace(2, 2), hasPlace(999, null)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
