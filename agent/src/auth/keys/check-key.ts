import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyRow } from './key-record.ts';

/** Compared against where there is nothing to compare with, so that the work does not tell whether an id exists. */
const noHash = randomBytes(32);

export type KeyVerdict = 'good' | 'unknown' | 'revoked' | 'expired';

/** What a presented secret is worth. What is wrong with a key is told only to whoever holds all of it. */
export function checkKey(row: KeyRow | undefined, hash: Buffer, now: number): KeyVerdict {
  const current = timingSafeEqual(hash, row?.secret_hash ?? noHash);
  const old = timingSafeEqual(hash, row?.old_hash ?? noHash);
  if (row === undefined) return 'unknown';
  const oldIsGood = old && row.old_until !== null && now < Date.parse(row.old_until);
  if (!current && !oldIsGood) return 'unknown';
  if (row.revoked_at !== null) return 'revoked';
  return row.expires_at !== null && now >= Date.parse(row.expires_at) ? 'expired' : 'good';
}
