import { expect, test } from 'vitest';
import { passwordStrength } from './password-strength.ts';

test.each([
  ['', 'none'],
  ['short', 'weak'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['passwordpassword', 'weak'],
  ['1234567890123', 'weak'],
  ['qwertyuiop123', 'weak'],
  ['JohannaJohanna12', 'weak'],
  ['grass hopper', 'fair'],
  ['swallows winter south', 'strong'],
  ['tK9#vQ2!xLmR7p', 'strong'],
])('%j is %s', (password, level) => {
  expect(passwordStrength(password, 'Johanna Berg', 10).level).toBe(level);
});

test('what is missing is counted', () => {
  expect(passwordStrength('ninechars', '', 10).words).toBe('Too short: 1 more character.');
  expect(passwordStrength('three', '', 10).words).toBe('Too short: 5 more characters.');
});
