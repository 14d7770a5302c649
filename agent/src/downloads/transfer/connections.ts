/** How many requests bring one file, and what was learnt of the link. */
export interface Connections {
  readonly target: number;
  /** Bytes per second before the last one was added; null before the first was measured. */
  readonly before: number | null;
  /** No more are added until then, in milliseconds of the clock. */
  readonly holdUntil: number;
}

export const oneConnection: Connections = { target: 1, before: null, holdUntil: 0 };

/** One more has to bring so much more. */
const worthwhile = 1.08;
/** The link may have changed: what did not help is tried again after so long. */
const retryAfterMs = 30_000;
const restAfterFailureMs = 5_000;

export interface Measured {
  readonly bytesPerSecond: number;
  readonly now: number;
  readonly most: number;
}

/** After a while of measuring: one more while that brings more, one less where the last brought nothing. */
export function afterMeasure(state: Connections, { bytesPerSecond, now, most }: Measured): Connections {
  if (now < state.holdUntil) return state;
  const { target, before } = state;
  if (before !== null && bytesPerSecond < before * worthwhile) {
    return { target: Math.max(1, target - 1), before: null, holdUntil: now + retryAfterMs };
  }
  if (target >= most) return { ...state, target: most };
  return { target: target + 1, before: bytesPerSecond, holdUntil: now };
}

/** After one failed: the others go on without it, and no more are added for a while. */
export function afterFailure(state: Connections, now: number, waitMs = restAfterFailureMs): Connections {
  return {
    ...state,
    target: Math.max(1, Math.ceil(state.target / 2)),
    before: null,
    holdUntil: Math.max(state.holdUntil, now + waitMs),
  };
}
