import { expect, it } from 'vitest';
import { formatBytes, formatTable } from './format.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KB'],
  [999_600, '1.0 MB'],
  [4_370_000_000, '4.4 GB'],
  [68_000_000_000, '68 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('lines columns up', () => {
  expect(
    formatTable([
      ['A', 'B'],
      ['long', 'x'],
      ['s', ''],
    ]),
  ).toBe('A     B\nlong  x\ns');
});
