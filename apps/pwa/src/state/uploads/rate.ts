/** How far something was at a moment. */
interface Mark {
  readonly at: number;
  readonly bytes: number;
}

/** The marks of the last seconds: over them a speed is steady and still follows the link. */
export interface RateWindow {
  readonly marks: readonly Mark[];
}

export const noRate: RateWindow = { marks: [] };

const windowMs = 5_000;
const leastMs = 500;

/** Takes in how far it is now. Bytes that were sent twice count once: what falls back begins anew. */
export function withMark({ marks }: RateWindow, bytes: number, at: number): RateWindow {
  const last = marks.at(-1);
  if (last !== undefined && bytes < last.bytes) return { marks: [{ at, bytes }] };
  const recent = marks.filter((mark, index) => mark.at >= at - windowMs || index === marks.length - 1);
  return { marks: [...recent, { at, bytes }] };
}

/** Bytes per second; null while nothing can be said. */
export function rateOf({ marks }: RateWindow): number | null {
  const [first] = marks;
  const last = marks.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < leastMs) return null;
  const rate = ((last.bytes - first.bytes) / (last.at - first.at)) * 1_000;
  return rate > 0 ? rate : null;
}
