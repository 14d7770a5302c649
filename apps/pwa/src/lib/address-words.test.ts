import { expect, test } from 'vitest';
import { addressWords } from './address-words.ts';

test.each([
  ['::1', 'the Mac itself'],
  ['127.0.0.1', 'the Mac itself'],
  ['::ffff:127.0.0.1', 'the Mac itself'],
  ['::ffff:192.168.1.20', '192.168.1.20'],
  ['192.168.1.20', '192.168.1.20'],
  ['fe80::1', 'fe80::1'],
  ['', null],
  [null, null],
])('%j reads %j', (address, words) => {
  expect(addressWords(address)).toBe(words);
});
