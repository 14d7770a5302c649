import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';

/** Half a millisecond's work. */
const sliceBytes = 1_048_576;

/**
 * CRC-32 of a file. Read in slices on this thread, between which it answers to everything else: the one thread of
 * the pool computes tokens, and file operations there would wait for each step of it.
 */
export async function checksumOf(path: string): Promise<number> {
  const file = openSync(path, 'r');
  try {
    const slice = Buffer.allocUnsafe(sliceBytes);
    let checksum = 0;
    for (;;) {
      const length = readSync(file, slice);
      if (length === 0) return checksum;
      checksum = crc32(slice.subarray(0, length), checksum);
      await nextTurn();
    }
  } finally {
    closeSync(file);
  }
}
