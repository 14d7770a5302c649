import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

it('starts a task when the one before it has ended, failed or not', async () => {
  const inTurn = oneAtATime();
  const order: string[] = [];
  const task = (name: string, fails = false) =>
    inTurn(async () => {
      order.push(`${name} starts`);
      await new Promise(setImmediate);
      order.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const [a, b, c] = await Promise.allSettled([task('a'), task('b', true), task('c')]);
  expect(order).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  expect([a?.status, b?.status, c?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
