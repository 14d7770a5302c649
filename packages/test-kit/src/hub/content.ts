import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** The bytes of a file that the local Hub offers: of a file on disk, or made up as they are asked for. */
export interface Content {
  readonly size: number;
  /** The SHA-256, worked out when it is first asked for. */
  sha256(): string;
  /** Bytes from `from`, at most `length`. */
  read(from: number, length: number): Buffer;
}

/** A prime, so that bytes at a wrong place are wrong bytes. */
const patternBytes = 1_048_573;
const readBytes = 256 * 1024;

/** Files beyond this have a made-up digest too: nobody fetches them whole. */
const largestDigested = 8 * 1024 ** 3;

/** Made-up bytes of any size, the same for the same seed; `head` stands at their beginning. */
export function madeUp(size: number, seed: number, head: Uint8Array = new Uint8Array()): Content {
  const pattern = patternOf(seed);
  // Twice, so that a read never has to be put together.
  const twice = Buffer.concat([pattern, pattern]);
  return withDigest(size, (from, length) => {
    const end = Math.min(size, from + length);
    if (from < head.length) return Buffer.from(head.subarray(from, Math.min(end, head.length)));
    const at = from % patternBytes;
    return twice.subarray(at, at + Math.min(end - from, patternBytes));
  });
}

export function ofFile(path: string): Content {
  const { size } = statSync(path);
  return withDigest(size, (from, length) => {
    const buffer = Buffer.allocUnsafe(Math.min(length, size - from, readBytes));
    const file = openSync(path, 'r');
    try {
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from));
    } finally {
      closeSync(file);
    }
  });
}

export function ofText(text: string): Content {
  return ofBytes(Buffer.from(text));
}

export function ofBytes(bytes: Buffer): Content {
  return withDigest(bytes.length, (from, length) => bytes.subarray(from, from + length));
}

export function wholeOf(content: Content): Buffer {
  const bytes = Buffer.allocUnsafe(content.size);
  for (let at = 0; at < content.size;) at += content.read(at, readBytes).copy(bytes, at);
  return bytes;
}

function withDigest(size: number, read: Content['read']): Content {
  let digest: string | undefined;
  return {
    size,
    read,
    sha256: () => (digest ??= size > largestDigested ? 'f'.repeat(64) : digestOf(size, read)),
  };
}

function digestOf(size: number, read: Content['read']): string {
  const hash = createHash('sha256');
  for (let at = 0; at < size;) {
    const bytes = read(at, readBytes);
    hash.update(bytes);
    at += bytes.length;
  }
  return hash.digest('hex');
}

/** A small generator (xorshift) is enough: the bytes have to differ, not to be secret. */
function patternOf(seed: number): Buffer {
  const words = new Uint32Array(Math.ceil(patternBytes / 4));
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    words[index] = state;
  }
  return Buffer.from(words.buffer, 0, patternBytes);
}
