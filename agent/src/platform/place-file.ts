import { link, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** File systems without hard links say so with one of these. */
const noLinks: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
]);

/**
 * Puts a finished file into its place on the same disk, whole or not at all, and never over another one. Throws
 * EEXIST where there is one.
 */
export async function placeFile(from: string, to: string): Promise<void> {
  await sync(from);
  try {
    await link(from, to);
    await unlink(from);
  } catch (error) {
    if (!noLinks.has((error as NodeJS.ErrnoException).code)) throw error;
    // Such a disk has no way to refuse atomically: the name is taken first, then the file takes its place.
    await (await open(to, 'wx')).close();
    await rename(from, to);
  }
  await sync(dirname(to)).catch(() => {});
}

async function sync(path: string): Promise<void> {
  await using file = await open(path, 'r');
  await file.sync();
}
