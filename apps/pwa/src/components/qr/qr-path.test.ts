import { expect, test } from 'vitest';
import { encode } from 'uqr';
import { qrPath } from './qr-path.ts';

test('a row is its runs, and one that ends dark is closed', () => {
  expect(qrPath([[true, true, false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1z');
  expect(qrPath([[false], [true]])).toBe('M0 1h1v1h-1z');
});

test('every dark module of a real code is drawn once', () => {
  const { data } = encode('https://impetus-ab12.local:8443/join#code', { border: 4 });
  const dark = data.flat().filter(Boolean).length;
  const drawn = [...qrPath(data).matchAll(/h(\d+)v1/g)].reduce((sum, [, length]) => sum + Number(length), 0);
  expect(drawn).toBe(dark);
});
