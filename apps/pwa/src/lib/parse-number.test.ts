import { expect, test } from 'vitest';
import { parseNumber } from './parse-number.ts';

const temperature = { min: 0, max: 2 };
const tokens = { min: 1, max: 1_000_000, whole: true };

test.each([
  ['', null],
  ['  ', null],
  ['0', 0],
  ['0.7', 0.7],
  ['0,7', 0.7],
  [' 2 ', 2],
])('%j is the temperature %j', (text, value) => {
  expect(parseNumber(text, temperature)).toEqual({ ok: true, value });
});

test.each(['2.1', '-0.1', 'warm', '1e999', '0x'])('%j is no temperature', (text) => {
  expect(parseNumber(text, temperature)).toEqual({ ok: false, error: 'Enter a number from 0 to 2.' });
});

test.each(['0', '1.5', '1000001'])('%j is no number of tokens', (text) => {
  expect(parseNumber(text, tokens)).toEqual({
    ok: false,
    error: 'Enter a whole number from 1 to 1,000,000.',
  });
});
