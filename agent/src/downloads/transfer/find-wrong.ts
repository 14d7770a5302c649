import { crc32 } from 'node:zlib';
import { eachChunk } from './each-chunk.ts';
import type { Segment } from './journal-format.ts';
import { openRange, type RangeClient } from './open-range.ts';
import type { PartFile } from './part-file.ts';
import type { TokenBucket } from './token-bucket.ts';
import type { Locator } from './transfer.ts';

export interface FindWrongOptions {
  readonly part: PartFile;
  readonly locator: Locator;
  readonly client: RangeClient;
  readonly bucket: TokenBucket;
  readonly signal: AbortSignal;
}

/** What one request compares at most. */
const stretchBytes = 64 * 1024 * 1024;

/**
 * Where a whole file is not what the Hub lists although all of it is on the disk as it came, something came wrong.
 * Reads it again beside what is there and answers the first segments that differ; nothing else has to be written anew.
 */
export async function findWrong(options: FindWrongOptions): Promise<readonly Segment[]> {
  const segments = options.part.segments.toSorted((a, b) => a.from - b.from);
  for (let first = 0; first < segments.length;) {
    const stretch = stretchFrom(segments, first);
    const wrong = await compare(options, stretch);
    if (wrong.length > 0) return wrong;
    first += stretch.length;
  }
  return [];
}

/** Segments that lie end to end, up to so many bytes. */
function stretchFrom(segments: readonly Segment[], first: number): readonly Segment[] {
  const stretch: Segment[] = [];
  for (const segment of segments.slice(first)) {
    const [start] = stretch;
    const last = stretch.at(-1);
    if (start !== undefined && last !== undefined) {
      if (segment.from !== last.to || segment.to - start.from > stretchBytes) break;
    }
    stretch.push(segment);
  }
  return stretch;
}

async function compare(options: FindWrongOptions, stretch: readonly Segment[]): Promise<Segment[]> {
  const { part, locator, client, bucket, signal } = options;
  const range = { from: stretch[0]?.from ?? 0, to: stretch.at(-1)?.to ?? 0 };
  const url = await locator.locate(signal);
  const { kind, body } = await openRange(client, { url, range, size: part.header.size, etag: null, signal });
  const { silenceMs } = client.timing;
  const wrong: Segment[] = [];
  let [at, index, crc] = [kind === 'whole' ? 0 : range.from, 0, 0];
  const compareChunk = (chunk: Buffer) => {
    const skipped = Math.min(chunk.length, Math.max(0, range.from - at));
    let rest = chunk.subarray(skipped);
    at += skipped;
    for (let segment = stretch[index]; segment !== undefined && rest.length > 0; segment = stretch[index]) {
      const piece = rest.subarray(0, segment.to - at);
      crc = crc32(piece, crc);
      at += piece.length;
      rest = rest.subarray(piece.length);
      if (at < segment.to) break;
      if (crc !== segment.crc) wrong.push(segment);
      [index, crc] = [index + 1, 0];
    }
    // The rest of a file that comes whole is of no use.
    if (index === stretch.length && rest.length > 0) body.destroy();
    return null;
  };
  await eachChunk({ body, bucket, silenceMs, signal }, compareChunk).catch((error: unknown) => {
    if (index < stretch.length) throw error;
  });
  return wrong;
}
