import { expect, it } from 'vitest';
import { formatKey, newKeyParts, parseKey } from './key-format.ts';

it('reads back the keys that it makes', () => {
  const parts = newKeyParts();
  expect(formatKey(parts)).toMatch(/^imp_[a-z2-9]{10}_[0-9a-f]{64}$/);
  expect(parseKey(formatKey(parts))).toEqual(parts);
});

it('never makes the same key twice', () => {
  const made = new Set(Array.from({ length: 1000 }, () => formatKey(newKeyParts())));
  expect(made.size).toBe(1000);
});

it.each([
  '',
  'imp_',
  'sk-proj-abc',
  'imp_abcdefghjk_',
  `imp_abcdefghjk_${'0'.repeat(63)}`,
  `imp_abcdefghjk_${'0'.repeat(64)}\n`,
  `IMP_abcdefghjk_${'0'.repeat(64)}`,
  `imp_abcdefgh_k_${'0'.repeat(64)}`,
])('does not take %j for a key', (text) => {
  expect(parseKey(text)).toBeNull();
});
