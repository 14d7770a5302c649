import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './hash.ts';

it('knows the password that was hashed, however its letters are composed, and no other', async () => {
  const stored = await hashPassword('caf\u00e9 am Morgen');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
  expect(await verifyPassword(stored, 'cafe\u0301 am Morgen')).toBe(true);
  expect(await verifyPassword(stored, 'cafe am Morgen')).toBe(false);
  expect(await verifyPassword(null, 'caf\u00e9 am Morgen')).toBe(false);
});

it('refuses a crowd instead of keeping it in line for ever', async () => {
  const stored = await hashPassword('tulips on the sill');
  const tries = await Promise.allSettled(Array.from({ length: 60 }, () => verifyPassword(stored, 'wrong')));
  const refused = tries.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(60 - 2 - 32);
  expect(await verifyPassword(stored, 'tulips on the sill')).toBe(true);
});
