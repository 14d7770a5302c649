import { expect, test } from 'vitest';
import { endWords, revokeWords, seenWords } from './device-words.ts';

const now = Date.UTC(2026, 2, 12, 9, 41);
const after = (ms: number): string => new Date(now + ms).toISOString();

test('a device was seen a while ago, or never', () => {
  expect(seenWords({ lastSeenAt: null }, now)).toBe('Never seen');
  expect(seenWords({ lastSeenAt: after(-12 * 60_000) }, now)).toBe('12 min ago');
});

test.each([
  [null, null],
  [after(3 * 3_600_000 + 12_000), 'Ends in 3 h'],
  [after(90_000), 'Ends in 1 min'],
  [after(20_000), 'Ends in 1 min'],
  [after(26 * 3_600_000), 'Ends in 1 d 2 h'],
])('what ends at %s reads %s', (expiresAt, words) => {
  expect(endWords(expiresAt, now)).toBe(words);
});

test('what has ended says when', () => {
  expect(endWords(after(-60_000), now)).toMatch(/^Ended \d\d:\d\d$/);
});

test('revoking names what ends', () => {
  const phone = { name: 'Pixel', sessions: 2, online: true, current: false };
  expect(revokeWords(phone)).toBe(
    'Pixel is cut off at once: its 2 sessions, its open pages and what they are reading and the API keys that were made for it end. To let it in again, add it anew.',
  );
  expect(revokeWords({ ...phone, sessions: 0, online: false, current: true })).toContain(
    'the API keys that were made for it end. This is the device that you are using',
  );
});
