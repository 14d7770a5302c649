import { expect, it } from 'vitest';
import { readGuestTime } from './guest-time.ts';

it.each([
  ['90m', '2026-01-01T01:30:00.000Z'],
  ['4h', '2026-01-01T04:00:00.000Z'],
  ['3 d', '2026-01-04T00:00:00.000Z'],
  ['1w', '2026-01-08T00:00:00.000Z'],
])('a guest for %s leaves at %s', (text, until) => {
  expect(readGuestTime(text, Date.parse('2026-01-01T00:00:00Z'))).toBe(until);
});

it.each(['', '0d', '3', 'tomorrow', '-1d', '99999d'])('%j is refused', (text) => {
  expect(() => readGuestTime(text, 0)).toThrow('say 4h, 3d or 1w');
});
