import { lstat, stat } from 'node:fs/promises';
import type { FileStamp } from './types.ts';

/** A file as it is now, where a link leads to. Null for what is not there, or is no plain file. */
export async function stampOf(path: string): Promise<FileStamp | null> {
  const own = await lstat(path).catch(() => null);
  const isLink = own?.isSymbolicLink() === true;
  const stats = isLink ? await stat(path).catch(() => null) : own;
  // A pipe or a device would keep whoever opens it waiting.
  if (stats === null || !stats.isFile()) return null;
  return {
    path,
    sizeBytes: stats.size,
    modifiedMs: stats.mtimeMs,
    inode: stats.ino,
    isLink,
  };
}

/** Names the content of a file without reading it; the same after a rename. */
export function identityOf({ inode, sizeBytes, modifiedMs }: FileStamp): string {
  return `${inode}:${sizeBytes}:${modifiedMs}`;
}
