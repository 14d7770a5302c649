import { expect, test } from 'vitest';
import { keyEnd, keyEndWords, keyState, limitsLine } from './key-words.ts';

const now = Date.UTC(2026, 2, 12, 9, 41);
const at = (ms: number): string => new Date(now + ms).toISOString();

test.each([
  [{ revokedAt: null, expiresAt: null }, 'good'],
  [{ revokedAt: null, expiresAt: at(1) }, 'good'],
  [{ revokedAt: null, expiresAt: at(0) }, 'expired'],
  [{ revokedAt: at(-5), expiresAt: at(1) }, 'revoked'],
] as const)('%j is %s', (key, state) => {
  expect(keyState(key, now)).toBe(state);
});

test('the end of a key is said, and nothing where there is none', () => {
  expect(keyEndWords({ revokedAt: null, expiresAt: null }, now)).toBeNull();
  expect(keyEndWords({ revokedAt: null, expiresAt: at(86_400_000) }, now)).toBe('Ends in 1 d');
  expect(keyEndWords({ revokedAt: at(-60_000), expiresAt: null }, now)).toMatch(/^Revoked \d\d:\d\d$/);
});

test('limits are one line', () => {
  expect(limitsLine({ concurrency: null, requestsPerMinute: null })).toBeNull();
  expect(limitsLine({ concurrency: 2, requestsPerMinute: 60 })).toBe('2 at once, 60 a minute');
});

test('a life is an end', () => {
  expect(keyEnd('always', now)).toBeNull();
  expect(keyEnd('month', now)).toBe('2026-04-11T09:41:00.000Z');
});
