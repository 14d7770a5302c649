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

it('neither a line break nor an escape sequence in a name gets through, and a long name keeps the table narrow', () => {
  const table = formatTable([
    ['MODEL', 'STATE'],
    ['new\nline\u001B[31m\u202E', 'stopped'],
    ['x'.repeat(240), 'stopped'],
  ]);
  expect(table.split('\n')).toHaveLength(3);
  for (const sign of ['\u001B', '\u202E']) expect(table).not.toContain(sign);
  expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThan(140);
});
