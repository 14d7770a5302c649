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
/** A block that is shorter is left to the connection that fetches it: a request takes a round trip. */
const leastShared = 4 * megabyte;

/**
 * Where every byte is taken: the second half of the longest block, for a connection that has nothing else to do, so
 * that none is left to bring the end of a file alone. Null where all are too short.
 */
export function halfOfLongest(taken: Ranges): { readonly of: Range; readonly half: Range } | null {
  const [longest] = taken.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  if (longest === undefined || longest.to - longest.from < leastShared) return null;
  return { of: longest, half: { from: Math.ceil((longest.from + longest.to) / 2), to: longest.to } };
}

const smallestBlock = 4 * megabyte;
const largestBlock = 128 * megabyte;
/** As long as nobody knows how fast the link is. */
const firstBlock = 16 * megabyte;
/** A request takes a round trip in which nothing comes; over so many seconds that is little. */
const secondsPerBlock = 8;

/**
 * How much one request asks for, by what one connection brings; 0 where that is not known yet. The rest of a file is
 * shared among the connections.
 */
export function blockBytesFor(
  connectionBytesPerSecond: number,
  leftBytes: number,
  connections: number,
): number {
  const wished = connectionBytesPerSecond > 0 ? connectionBytesPerSecond * secondsPerBlock : firstBlock;
  const bySpeed = Math.min(largestBlock, Math.max(smallestBlock, wished));
  const share = Math.max(megabyte, Math.ceil(leftBytes / Math.max(1, connections)));
  return Math.ceil(Math.min(bySpeed, share));
}
