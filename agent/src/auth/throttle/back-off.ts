/** Tries that failed, as far as they are remembered. */
export interface Tries {
  readonly count: number;
  /** Milliseconds. */
  readonly lastAt: number;
}

/** How patience ends. In milliseconds. */
export interface BackOff {
  /** Tries that cost no waiting. */
  readonly free: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** After this much quiet all is forgotten. */
  readonly forgetMs: number;
}

function remembered(tries: Tries | undefined, { forgetMs }: BackOff, now: number): Tries | undefined {
  return tries !== undefined && now - tries.lastAt < forgetMs ? tries : undefined;
}

/** How long the next try has to wait, in milliseconds; 0: it may come. Each wait is twice the one before. */
export function waitMs(tries: Tries | undefined, backOff: BackOff, now: number): number {
  const known = remembered(tries, backOff, now);
  if (known === undefined || known.count < backOff.free) return 0;
  const doublings = Math.min(known.count - backOff.free, 30);
  const wait = Math.min(backOff.firstWaitMs * 2 ** doublings, backOff.longestWaitMs);
  return Math.max(0, known.lastAt + wait - now);
}

/** The tries after one more. */
export function afterTry(tries: Tries | undefined, backOff: BackOff, now: number): Tries {
  return { count: (remembered(tries, backOff, now)?.count ?? 0) + 1, lastAt: now };
}
