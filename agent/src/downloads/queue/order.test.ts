import { expect, it } from 'vitest';
import { inOrder, pickRunning, positionBefore, type Candidate } from './order.ts';

const entry = (id: string, position: number, more: Partial<Candidate> = {}): Candidate => ({
  id,
  position,
  priority: 'normal',
  ready: true,
  ...more,
});
const list = [entry('a', 1), entry('b', 2), entry('c', 3, { priority: 'high' }), entry('d', 4)];
const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

it('priority goes before place', () => {
  expect(ids(inOrder(list))).toEqual(['c', 'a', 'b', 'd']);
});

it('runs the first that are ready, as many as may', () => {
  expect(pickRunning(list, 2)).toEqual(['c', 'a']);
  expect(pickRunning([entry('a', 1, { ready: false }), entry('b', 2)], 1)).toEqual(['b']);
});

it('moves before another one, to the front and to the end', () => {
  const moved = (id: string, before: string | null) => {
    const position = positionBefore(list, id, before);
    return ids(inOrder(list.map((one) => (one.id === id ? { ...one, position } : one))));
  };
  expect(moved('d', 'b')).toEqual(['c', 'a', 'd', 'b']);
  expect(moved('d', 'a')).toEqual(['c', 'd', 'a', 'b']);
  expect(moved('a', null)).toEqual(['c', 'b', 'd', 'a']);
  expect(moved('a', 'unknown')).toEqual(['c', 'b', 'd', 'a']);
});
