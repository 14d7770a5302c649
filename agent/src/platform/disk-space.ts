import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface DiskSpace {
  /** Names the disk, as far as the system tells them apart. */
  readonly disk: string;
  readonly freeBytes: number;
}

/** The room on the disk that holds a folder, or would hold it once it is made. Null where it cannot be told. */
export async function diskSpace(folder: string): Promise<DiskSpace | null> {
  for (let path = folder; ; path = dirname(path)) {
    const stats = await statfs(path).catch(() => null);
    if (stats !== null) {
      return { disk: `${stats.type}:${stats.blocks}:${stats.bsize}`, freeBytes: stats.bavail * stats.bsize };
    }
    if (dirname(path) === path) return null;
  }
}
