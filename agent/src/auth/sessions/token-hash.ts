import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A fast hash is enough for 256 random bits: there is nothing to guess. Whoever steals the hash has no token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
