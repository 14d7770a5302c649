import { expect, it } from 'vitest';
import { UploadLocks } from './locks.ts';

const { signal } = new AbortController();

it('who comes next waits until the one before has left, without turning in circles', async () => {
  const locks = new UploadLocks();
  const events: string[] = [];
  const first = locks.newLock('x');
  await first.lock(signal, () => void events.push('first is asked to leave'));
  const second = locks.newLock('x').lock(signal, () => {});
  const waiting = second.then(() => events.push('second has it'));
  // However often the event loop turns: it was asked once.
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual(['first is asked to leave']);
  await first.unlock();
  await waiting;
  expect(events).toEqual(['first is asked to leave', 'second has it']);
});

it('of two who wait, one has it at a time', async () => {
  const locks = new UploadLocks();
  const held = new Set<string>();
  const use = async (name: string) => {
    const lock = locks.newLock('x');
    await lock.lock(signal, () => {});
    held.add(name);
    expect(held.size).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    held.delete(name);
    await lock.unlock();
  };
  await Promise.all(['a', 'b', 'c'].map(use));
  // And another file is nobody's business.
  await locks.newLock('x').lock(signal, () => {});
  await locks.newLock('y').lock(signal, () => {});
});
