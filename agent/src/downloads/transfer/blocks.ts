import { addRange, gapsIn, type Range, type Ranges } from './ranges.ts';

export interface BlockInput {
  readonly size: number;
  /** On the disk and proven. */
  readonly verified: Ranges;
  /** What other connections are fetching. */
  readonly taken: Ranges;
  readonly blockBytes: number;
}

/**
 * What a connection is to fetch next: the first bytes that nobody has or fetches, so that the file grows from its
 * beginning and its digest can follow. Null where nothing is left.
 */
export function nextBlock({ size, verified, taken, blockBytes }: BlockInput): Range | null {
  const busy = taken.reduce<Ranges>(addRange, verified);
  const [gap] = gapsIn(busy, size);
  return gap === undefined ? null : { from: gap.from, to: Math.min(gap.to, gap.from + blockBytes) };
}

const megabyte = 1024 * 1024;
const smallestBlock = 4 * megabyte;
const largestBlock = 64 * megabyte;
/** A request takes a round trip in which nothing comes; over so many seconds that is little. */
const secondsPerBlock = 4;

/** How much one request asks for, by what one connection brings. The rest of a file is shared among the connections. */
export function blockBytesFor(
  connectionBytesPerSecond: number,
  leftBytes: number,
  connections: number,
): number {
  const bySpeed = Math.min(largestBlock, Math.max(smallestBlock, connectionBytesPerSecond * secondsPerBlock));
  const share = Math.max(megabyte, Math.ceil(leftBytes / Math.max(1, connections)));
  return Math.ceil(Math.min(bySpeed, share));
}
