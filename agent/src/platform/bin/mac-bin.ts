import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskOf, freeName, moveTo, topOfDisk } from './move.ts';
import type { Bin } from './types.ts';

export interface MacBinOptions {
  readonly homedir: string;
  readonly userId: number;
}

/** The bin as Finder shows it: `~/.Trash`, and `.Trashes/<user>` at the top of other disks. */
export function macBin({ homedir, userId }: MacBinOptions): Bin {
  async function folderFor(path: string): Promise<string> {
    const home = join(homedir, '.Trash');
    if ((await diskOf(home)) === (await diskOf(dirname(path)))) return home;
    return join(await topOfDisk(dirname(path)), '.Trashes', String(userId));
  }

  return {
    reaches: async (path) => {
      const folder = await folderFor(path);
      return mkdir(folder, { recursive: true, mode: 0o700 }).then(
        () => true,
        () => false,
      );
    },
    async put(path) {
      const folder = await folderFor(path);
      const to = join(folder, await freeName(folder, basename(path)));
      await moveTo(path, to);
      return { from: path, to, info: null };
    },
    restore: ({ from, to }) => moveTo(to, from),
  };
}
