import type { ApiKeyInfo, KeyLimits } from '@impetus/contracts/keys';
import { formatAge, formatClock } from '../lib/format.ts';
import { endWords } from './device-words.ts';

/** Whether a key is still good, and why not. */
export type KeyState = 'good' | 'expired' | 'revoked';

export function keyState(
  { revokedAt, expiresAt }: Pick<ApiKeyInfo, 'revokedAt' | 'expiresAt'>,
  now: number,
): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'good';
}

/** When a key was last used. */
export function usedWords({ lastUsedAt }: Pick<ApiKeyInfo, 'lastUsedAt'>, now: number): string {
  return lastUsedAt === null ? 'Never used' : formatAge(Date.parse(lastUsedAt), now);
}

/** How long a key is good, or since when it is not. */
export function keyEndWords(key: Pick<ApiKeyInfo, 'revokedAt' | 'expiresAt'>, now: number): string | null {
  if (key.revokedAt !== null) return `Revoked ${formatClock(Date.parse(key.revokedAt), now)}`;
  return endWords(key.expiresAt, now);
}

/** What a key may do at most; null where the agent's settings alone hold. */
export function limitsLine({ concurrency, requestsPerMinute }: KeyLimits): string | null {
  const parts = [
    concurrency === null ? null : `${concurrency} at once`,
    requestsPerMinute === null ? null : `${requestsPerMinute} a minute`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** How long a new key is good. */
export type KeyLife = 'always' | 'month' | 'quarter' | 'year';

export const keyLives: readonly { readonly value: KeyLife; readonly label: string }[] = [
  { value: 'always', label: 'No end' },
  { value: 'month', label: '30 days' },
  { value: 'quarter', label: '90 days' },
  { value: 'year', label: '1 year' },
];

const lifeDays: Readonly<Record<Exclude<KeyLife, 'always'>, number>> = { month: 30, quarter: 90, year: 365 };

/** When a key that is made now ends, ISO 8601; null where it does not. */
export function keyEnd(life: KeyLife, now: number): string | null {
  return life === 'always' ? null : new Date(now + lifeDays[life] * 86_400_000).toISOString();
}
