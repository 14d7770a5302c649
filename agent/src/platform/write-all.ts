import type { FileHandle } from 'node:fs/promises';

/** Writes at a place in a file. One write may take less than it was given, on a disk that is nearly full for one. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at);
    if (bytesWritten === 0) throw Object.assign(new Error('Nothing could be written.'), { code: 'ENOSPC' });
    at += bytesWritten;
  }
}
