import { expect, it } from 'vitest';
import { Tries } from './tries.ts';

it('lets a burst through, then one at a time, for each by itself', () => {
  let now = 0;
  const tries = new Tries({ burst: 3, refillMs: 1000 }, () => now);
  for (let count = 0; count < 3; count += 1) {
    expect(tries.waitMs('a')).toBe(0);
    tries.count('a');
  }
  expect(tries.waitMs('a')).toBe(1000);
  expect(tries.waitMs('b')).toBe(0);
  now = 999;
  expect(tries.waitMs('a')).toBe(1);
  now = 1000;
  expect(tries.waitMs('a')).toBe(0);
  tries.count('a');
  expect(tries.waitMs('a')).toBe(1000);
  now = 60_000;
  for (let count = 0; count < 3; count += 1) tries.count('a');
  expect(tries.waitMs('a')).toBe(1000);
});

it('forgets the quietest when there are too many', () => {
  const tries = new Tries({ burst: 1, refillMs: 1000 }, () => 0);
  tries.count('first');
  for (let other = 0; other < 10_000; other += 1) tries.count(`other ${other}`);
  expect(tries.waitMs('first')).toBe(0);
  expect(tries.waitMs('other 9999')).toBe(1000);
});
