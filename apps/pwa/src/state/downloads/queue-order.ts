import type { Download } from '@impetus/contracts/downloads';

type Placed = Pick<Download, 'id' | 'priority'>;

/** Those among which a download can be moved: order holds within one priority. */
export function peersOf<T extends Placed>(queue: readonly T[], id: string): readonly T[] {
  const priority = queue.find((download) => download.id === id)?.priority;
  return queue.filter((download) => download.priority === priority);
}

/**
 * The download before which one comes when it takes a place among its peers: null puts it last, undefined means
 * that it stays where it is.
 */
export function beforeAt(queue: readonly Placed[], id: string, place: number): string | null | undefined {
  const peers = peersOf(queue, id);
  const from = peers.findIndex((download) => download.id === id);
  const to = Math.max(0, Math.min(place, peers.length - 1));
  if (from === -1 || to === from) return undefined;
  const others = peers.filter((download) => download.id !== id);
  return others[to]?.id ?? null;
}

/** The place that one step leads to. */
export function placeOf(queue: readonly Placed[], id: string): number {
  return peersOf(queue, id).findIndex((download) => download.id === id);
}

/** The queue as it will be, so that a row stays where it was dropped while the agent is told. */
export function moved<T extends Placed>(
  queue: readonly T[],
  id: string,
  before: string | null,
): readonly T[] {
  const one = queue.find((download) => download.id === id);
  if (one === undefined) return queue;
  const others = queue.filter((download) => download.id !== id);
  const peers = others.filter(({ priority }) => priority === one.priority);
  const behind = peers.at(-1);
  const index =
    before === null
      ? others.findIndex((other) => other === behind) + 1
      : others.findIndex((other) => other.id === before);
  return index === -1 ? queue : others.toSpliced(index, 0, one);
}
