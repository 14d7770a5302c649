/** Random access to bytes that stay the same while they are read. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Resolves to `length` bytes from `offset`, or to fewer where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** The bytes as a Buffer, without copying them. */
export async function bytesAt(source: ByteSource, offset: number, length: number): Promise<Buffer> {
  const bytes = await source.read(offset, Math.max(0, Math.min(length, source.size - offset)));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
