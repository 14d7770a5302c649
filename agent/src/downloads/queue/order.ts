import type { DownloadPriority } from '@impetus/contracts';

const ranks: Readonly<Record<DownloadPriority, number>> = { high: 0, normal: 1, low: 2 };

export interface Placed {
  readonly id: string;
  readonly priority: DownloadPriority;
  readonly position: number;
}

/** In the order in which they run. */
export function inOrder<T extends Placed>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => ranks[a.priority] - ranks[b.priority] || a.position - b.position);
}

export interface Candidate extends Placed {
  /** Wants to run now: neither paused nor waiting for a time to come. */
  readonly ready: boolean;
}

/** Which run now: the first so many that are ready. One that is moved up takes the place of the last. */
export function pickRunning(candidates: readonly Candidate[], atOnce: number): readonly string[] {
  return inOrder(candidates.filter(({ ready }) => ready))
    .slice(0, atOnce)
    .map(({ id }) => id);
}

/** The place between two others that a download gets when it is moved before one of them, or to the end. */
export function positionBefore(entries: readonly Placed[], id: string, before: string | null): number {
  const others = inOrder(entries.filter((entry) => entry.id !== id));
  const index = before === null ? others.length : others.findIndex((entry) => entry.id === before);
  const place = index < 0 ? others.length : index;
  const after = others[place]?.position;
  const ahead = others[place - 1]?.position;
  if (after === undefined) return (ahead ?? 0) + 1;
  return ahead === undefined || ahead >= after ? after - 1 : (ahead + after) / 2;
}
