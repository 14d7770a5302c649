import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Range } from './ranges.ts';

/** A range that was written, with the CRC-32 of its bytes. */
export interface Segment extends Range {
  readonly crc: number;
}

/** Which content the partial file is of: bytes of another are never mixed into it. */
const headerSchema = z.object({
  version: z.literal(1),
  repo: z.string(),
  revision: z.string(),
  path: z.string(),
  size: z.int().nonnegative(),
  sha256: z.string().nullable(),
});
export type JournalHeader = z.infer<typeof headerSchema>;

/** Where it begins (8), how long it is (8), the CRC of its bytes (4), the CRC of the record itself (4). */
const recordBytes = 24;
const longestHeader = 16_384;

export function encodeHeader(header: JournalHeader): Buffer {
  return Buffer.from(`${JSON.stringify(header)}\n`);
}

export function encodeSegment({ from, to, crc }: Segment): Buffer {
  const record = Buffer.alloc(recordBytes);
  record.writeBigUInt64LE(BigInt(from), 0);
  record.writeBigUInt64LE(BigInt(to - from), 8);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(crc32(record.subarray(0, 20)), 20);
  return record;
}

export interface Journal {
  readonly header: JournalHeader;
  readonly segments: readonly Segment[];
  /** How much of the file is sound; what comes after was being written when the agent ended. */
  readonly soundBytes: number;
}

/** Reads a journal up to its first record that is not whole; null where not even its header is. */
export function decodeJournal(bytes: Buffer): Journal | null {
  const end = bytes.subarray(0, longestHeader).indexOf(0x0a);
  const header = end < 0 ? null : parseHeader(bytes.subarray(0, end).toString());
  if (header === null) return null;
  // A record that begins where an earlier one does is that one, grown.
  const segments = new Map<number, Segment>();
  let at = end + 1;
  for (; at + recordBytes <= bytes.length; at += recordBytes) {
    const record = bytes.subarray(at, at + recordBytes);
    if (crc32(record.subarray(0, 20)) !== record.readUInt32LE(20)) break;
    const from = Number(record.readBigUInt64LE(0));
    const to = from + Number(record.readBigUInt64LE(8));
    if (to > header.size || to <= from) break;
    segments.set(from, { from, to, crc: record.readUInt32LE(16) });
  }
  return { header, segments: [...segments.values()], soundBytes: at };
}

function parseHeader(text: string): JournalHeader | null {
  try {
    return headerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
