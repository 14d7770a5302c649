import { expect, it } from 'vitest';
import { FairQueue, type Queued } from './fair-queue.ts';

const item = (id: string): Queued => ({ id, requesterId: id.slice(0, 1) });

function queueOf(...ids: string[]): FairQueue<Queued> {
  const queue = new FairQueue<Queued>();
  for (const id of ids) queue.push(item(id));
  return queue;
}

function takeAll(queue: FairQueue<Queued>): string[] {
  const ids: string[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) ids.push(next.id);
  return ids;
}

it('lets requesters take turns, and the first of each go first', () => {
  expect(takeAll(queueOf('a1', 'a2', 'a3', 'b1', 'c1', 'c2'))).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
});

it('tells the order before anybody goes', () => {
  const queue = queueOf('a1', 'a2', 'b1', 'a3');
  const foretold = queue.inOrder().map(({ id }) => id);
  expect(foretold).toEqual(takeAll(queue));
});

it('gives a requester who comes back no turn before those who wait', () => {
  const queue = queueOf('a1', 'b1', 'b2');
  expect(queue.take()?.id).toBe('a1');
  queue.push(item('a2'));
  expect(takeAll(queue)).toEqual(['b1', 'a2', 'b2']);
});

it('takes one out of the middle without losing a turn or the count', () => {
  const queue = queueOf('a1', 'a2', 'b1');
  expect(queue.remove('a1')?.id).toBe('a1');
  expect(queue.remove('a1')).toBeUndefined();
  expect(queue.size).toBe(2);
  expect(takeAll(queue)).toEqual(['a2', 'b1']);
  expect(queue.size).toBe(0);
});

it('empties at once', () => {
  const queue = queueOf('a1', 'b1', 'a2');
  expect(queue.clear().map(({ id }) => id)).toEqual(['a1', 'b1', 'a2']);
  expect(queue.take()).toBeUndefined();
});

it('passes over those that may not go yet, who keep their place', () => {
  const queue = queueOf('a1', 'a2', 'b1', 'b2');
  expect(queue.take(({ id }) => id !== 'a1')?.id).toBe('b1');
  expect(queue.take(({ id }) => id === 'a2')).toBeUndefined();
  expect(takeAll(queue)).toEqual(['a1', 'b2', 'a2']);
});
