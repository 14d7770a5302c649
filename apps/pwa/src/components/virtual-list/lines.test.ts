import { expect, test } from 'vitest';
import { lineOf, moveOf, moveTo, toLines } from './lines.ts';

const groups = [
  { heading: 'Chat', ids: ['a', 'b', 'c', 'd', 'e'] },
  { heading: 'Embedding', ids: ['f', 'g'] },
];
const rows = toLines(groups, 1);
const cards = toLines(groups, 3);

test('headings stand in lines of their own, things side by side', () => {
  expect(cards.map(({ heading, ids }) => heading ?? ids.join(''))).toEqual([
    'Chat',
    'abc',
    'de',
    'Embedding',
    'fg',
  ]);
  expect(toLines([{ heading: null, ids: ['a'] }], 1)).toEqual([
    { key: 'a', heading: null, ids: ['a'], first: true, last: true },
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  expect(lineOf(cards, 'g')).toBe(4);
  expect(lineOf(cards, 'z')).toBeNull();
});

test.each([
  ['a', 'down', 'b'],
  ['e', 'down', 'f'],
  ['f', 'up', 'e'],
  ['a', 'up', 'a'],
  ['g', 'down', 'g'],
  ['a', 'last', 'g'],
  ['g', 'first', 'a'],
  ['a', 'page-down', 'd'],
  ['e', 'page-up', 'b'],
] as const)('in a list, from %s %s leads to %s', (from, move, to) => {
  expect(moveTo(rows, from, move, 3)).toBe(to);
});

test.each([
  ['b', 'down', 'e'],
  ['c', 'down', 'e'],
  ['e', 'down', 'g'],
  ['g', 'up', 'e'],
  ['c', 'right', 'd'],
  ['d', 'left', 'c'],
  ['g', 'right', 'g'],
] as const)('among cards, from %s %s leads to %s', (from, move, to) => {
  expect(moveTo(cards, from, move, 3)).toBe(to);
});

test('a thing that is gone leaves the keyboard at the first one; an empty list leads nowhere', () => {
  expect(moveTo(rows, 'gone', 'down', 3)).toBe('a');
  expect(moveTo([], 'a', 'down', 3)).toBeNull();
});

test('left and right are the page’s own in a list', () => {
  expect(moveOf('ArrowLeft', 1)).toBeNull();
  expect(moveOf('ArrowLeft', 3)).toBe('left');
  expect(moveOf('Enter', 3)).toBeNull();
});
