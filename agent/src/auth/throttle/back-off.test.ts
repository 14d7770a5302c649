import { expect, it } from 'vitest';
import { afterTry, waitMs, type BackOff, type Tries } from './back-off.ts';

const backOff: BackOff = { free: 3, firstWaitMs: 1_000, longestWaitMs: 60_000, forgetMs: 900_000 };

/** Tries again as soon as it may, and answers how long each try had to wait. */
function waits(count: number, pauseMs = 0): number[] {
  let tries: Tries | undefined;
  let now = 1_000_000;
  return Array.from({ length: count }, () => {
    now += pauseMs;
    const wait = waitMs(tries, backOff, now);
    now += wait;
    expect(waitMs(tries, backOff, now)).toBe(0);
    tries = afterTry(tries, backOff, now);
    return wait;
  });
}

it('lets the first tries through, then doubles the wait up to the longest', () => {
  expect(waits(12)).toEqual([0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

it('counts time that has gone by anyway', () => {
  expect(waits(6, 1_500)).toEqual([0, 0, 0, 0, 500, 2_500]);
});

it('forgets after a long quiet', () => {
  expect(waits(8, 900_000)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});
