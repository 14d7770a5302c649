import { expect, test } from 'vitest';
import { beforeAt, moved, placeOf } from './queue-order.ts';

const queue = [
  { id: 'h', priority: 'high' },
  { id: 'a', priority: 'normal' },
  { id: 'b', priority: 'normal' },
  { id: 'c', priority: 'normal' },
  { id: 'l', priority: 'low' },
] as const;
const ids = (before: string | null, id = 'a'): string =>
  moved(queue, id, before)
    .map((download) => download.id)
    .join('');

test.each([
  ['a', 1, 'c'],
  ['a', 2, null],
  ['a', 9, null],
  ['c', 0, 'a'],
  ['b', 0, 'a'],
  ['b', -1, 'a'],
  ['b', 1, undefined],
  ['h', 1, undefined],
  ['gone', 0, undefined],
] as const)('%s at place %i comes before %s', (id, place, before) => {
  expect(beforeAt(queue, id, place)).toBe(before);
});

test('a place is counted among those of the same priority', () => {
  expect(placeOf(queue, 'b')).toBe(1);
  expect(placeOf(queue, 'l')).toBe(0);
});

test('the queue is shown as it will be', () => {
  expect(ids('c')).toBe('hbacl');
  expect(ids(null)).toBe('hbcal');
  expect(ids('a', 'c')).toBe('hcabl');
  expect(ids('gone')).toBe('habcl');
});
