import { expect, test } from 'vitest';
import { allOf, extended, nothingSelected, toggled, within } from './selection.ts';

const listed = ['a', 'b', 'c', 'd'];

test('one is taken in and out again', () => {
  const one = toggled(nothingSelected, 'b');
  expect([...one.ids]).toEqual(['b']);
  expect([...toggled(one, 'b').ids]).toEqual([]);
});

test('Shift takes a stretch from where it began, in both directions', () => {
  const from = toggled(nothingSelected, 'c');
  expect([...extended(from, listed, 'd').ids]).toEqual(['c', 'd']);
  expect([...extended(extended(from, listed, 'd'), listed, 'a').ids].toSorted()).toEqual(listed);
  expect([...extended(nothingSelected, listed, 'b').ids]).toEqual(['b']);
});

test('a stretch whose beginning is no longer listed is the one alone', () => {
  const from = toggled(nothingSelected, 'gone');
  expect([...extended(from, listed, 'b').ids]).toEqual(['gone', 'b']);
});

test('all are taken, and what is gone is left out', () => {
  const all = allOf(listed);
  expect(all.ids.size).toBe(4);
  const left = within(all, new Set(['c']));
  expect([...left.ids]).toEqual(['c']);
  expect(left.anchor).toBeNull();
});
