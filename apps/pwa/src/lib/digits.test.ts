import { expect, test } from 'vitest';
import { digitsOf, groupDigits } from './digits.ts';

test.each([
  ['1234 5678', '12345678'],
  ['12-34-56-78 9', '12345678'],
  ['code: 12', '12'],
  ['', ''],
])('%j typed is %j', (typed, digits) => {
  expect(digitsOf(typed, 8)).toBe(digits);
});

test('digits are grouped, the last group as long as it is', () => {
  expect(groupDigits('12345678', 4)).toBe('1234 5678');
  expect(groupDigits('123456', 3)).toBe('123 456');
  expect(groupDigits('12345', 4)).toBe('1234 5');
  expect(groupDigits('', 4)).toBe('');
});
