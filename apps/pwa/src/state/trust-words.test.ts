import { expect, test } from 'vitest';
import { endsSoon, originWords } from './trust-words.ts';

const now = Date.UTC(2026, 2, 12);
const inDays = (days: number): string => new Date(now + days * 86_400_000).toISOString();

test.each([
  [90, null],
  [21, null],
  [20, 'It ends in 20 days.'],
  [1, 'It ends in 1 day.'],
  [-1, 'It has ended: devices refuse it.'],
])('a certificate of %d days more: %j', (days, words) => {
  expect(endsSoon(inDays(days), now)).toBe(words);
});

test('an address that was not dialled yet is not called unreachable', () => {
  expect(originWords({ reachable: false, checkedAt: null }).words).toBe('Being tried');
  expect(originWords({ reachable: false, checkedAt: inDays(0) }).kind).toBe('failed');
  expect(originWords({ reachable: true, checkedAt: inDays(0) }).kind).toBe('running');
});
