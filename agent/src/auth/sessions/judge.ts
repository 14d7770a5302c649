import type { TokenRecord } from './types.ts';

/** How long sessions and their tokens live. In milliseconds. */
export interface Lifetimes {
  /** A session ends this long after it began, whatever happens. */
  readonly absoluteMs: number;
  /** … or this long after it was last used. */
  readonly idleMs: number;
  /** A token this old is replaced when it is used. */
  readonly rotateAfterMs: number;
  /** How long a token is still accepted once its successor was used: requests are under way side by side. */
  readonly graceMs: number;
  /** A successor that was given out and not yet used is not given out again within this. */
  readonly reissueAfterMs: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

export const defaultLifetimes: Lifetimes = {
  absoluteMs: 90 * day,
  idleMs: 30 * day,
  rotateAfterMs: day,
  graceMs: minute,
  reissueAfterMs: minute,
};

/**
 * `good`, `renew`: let in, in the second case with a new token. `late`: one that was replaced a moment ago, let in.
 * `replayed`: one that was replaced long ago; whoever has it is not alone in having had it.
 */
export type TokenVerdict = 'good' | 'renew' | 'late' | 'replayed';

/**
 * What a token of a session that lives is worth. A token stays good until its successor was used, however long that
 * takes: an answer that was lost on its way must not sign a phone out.
 */
export function judgeToken(
  token: TokenRecord,
  siblings: readonly TokenRecord[],
  { rotateAfterMs, reissueAfterMs }: Lifetimes,
  now: number,
): TokenVerdict {
  if (token.goodUntil !== null) return now < token.goodUntil.getTime() ? 'late' : 'replayed';
  if (now - token.createdAt.getTime() < rotateAfterMs) return 'good';
  const justIssued = siblings.some(
    (other) =>
      other.hash !== token.hash && other.usedAt === null && now - other.createdAt.getTime() < reissueAfterMs,
  );
  return justIssued ? 'good' : 'renew';
}
