import { open } from 'node:fs/promises';

/** Random access to bytes that stay the same while they are read: a file, or ranges of a remote one. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Resolves to `length` bytes from `offset`, or to fewer where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Opens a file on disk for reading; dispose of it to close the file. Rejects with the errors of `open`. */
export async function fileSource(path: string): Promise<ByteSource & AsyncDisposable> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return {
      size,
      async read(offset, length) {
        const { buffer, bytesRead } = await file.read({
          buffer: new Uint8Array(length),
          position: offset,
        });
        return buffer.subarray(0, bytesRead);
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A source over bytes already in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
