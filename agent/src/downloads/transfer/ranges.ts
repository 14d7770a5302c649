/** Bytes from `from` to before `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Ranges in order, none touching another. */
export type Ranges = readonly Range[];

export function addRange(ranges: Ranges, { from, to }: Range): Ranges {
  if (from >= to) return ranges;
  const before = ranges.filter((range) => range.to < from);
  const after = ranges.filter((range) => range.from > to);
  const joined = ranges.filter((range) => range.to >= from && range.from <= to);
  const first = Math.min(from, joined[0]?.from ?? from);
  const last = Math.max(to, joined.at(-1)?.to ?? to);
  return [...before, { from: first, to: last }, ...after];
}

export function removeRange(ranges: Ranges, { from, to }: Range): Ranges {
  return ranges.flatMap((range) => [
    ...(range.from < Math.min(from, range.to) ? [{ from: range.from, to: Math.min(from, range.to) }] : []),
    ...(range.to > Math.max(to, range.from) ? [{ from: Math.max(to, range.from), to: range.to }] : []),
  ]);
}

/** What of 0 to `size` is in none of them. */
export function gapsIn(ranges: Ranges, size: number): Ranges {
  return ranges.reduce<Ranges>(removeRange, size > 0 ? [{ from: 0, to: size }] : []);
}

export function bytesIn(ranges: Ranges): number {
  return ranges.reduce((total, { from, to }) => total + to - from, 0);
}

/** How far the bytes go without a gap, from the beginning of the file. */
export function frontierOf(ranges: Ranges): number {
  const [first] = ranges;
  return first?.from === 0 ? first.to : 0;
}
