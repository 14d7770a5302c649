import { expect, test } from 'vitest';
import { isWholeUserCode, userCodeOf } from './user-code.ts';

test.each([
  ['wdjb mjht', 'WDJB-MJHT', true],
  ['WDJB-MJHTX', 'WDJB-MJHT', true],
  ['wdj', 'WDJ', false],
  ['1wd2jbm', 'WDJB-M', false],
  ['', '', false],
])('%j typed is %j', (typed, code, isWhole) => {
  expect(userCodeOf(typed)).toBe(code);
  expect(isWholeUserCode(code)).toBe(isWhole);
});
