import { expect, test } from 'vitest';
import { fingerprintWords, invitationWords, timeLeft } from './pairing-words.ts';

test.each([
  [120_000, '2:00'],
  [69_000, '1:09'],
  [8_400, '0:09'],
  [-5, '0:00'],
])('%d ms are %s', (ms, words) => {
  expect(timeLeft(ms)).toBe(words);
});

test('a fingerprint is read in pairs', () => {
  expect(fingerprintWords('0aff10')).toBe('0A FF 10');
});

test('every state of an invitation has words', () => {
  const states = [
    'open',
    'joining',
    'asking',
    'approved',
    'joined',
    'denied',
    'cancelled',
    'expired',
    'closed',
  ] as const;
  const words = states.map((state) => invitationWords(state, 'Pixel').words);
  expect(words.every(Boolean)).toBe(true);
  expect(new Set(words).size).toBe(states.length);
  expect(invitationWords('joined', 'Pixel')).toEqual({ kind: 'done', words: 'Pixel is in' });
});
