import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, parse, relative } from 'node:path';
import { diskOf, exists, moveTo, topOfDisk } from './move.ts';
import type { Bin, Binned } from './types.ts';

export interface XdgBinOptions {
  /** `$XDG_DATA_HOME`, or what stands for it. */
  readonly dataHome: string;
  readonly userId: number;
}

/** The bin of freedesktop.org's specification, as file managers on Linux have it. */
export function xdgBin({ dataHome, userId }: XdgBinOptions): Bin {
  /** The home bin for its own disk; other disks have one at their top. */
  async function binOf(path: string): Promise<{ readonly bin: string; readonly relativeTo: string | null }> {
    const home = join(dataHome, 'Trash');
    if ((await diskOf(home)) === (await diskOf(dirname(path)))) return { bin: home, relativeTo: null };
    const top = await topOfDisk(dirname(path));
    return { bin: join(top, `.Trash-${userId}`), relativeTo: top };
  }

  async function prepare(path: string) {
    const { bin, relativeTo } = await binOf(path);
    const [files, infos] = [join(bin, 'files'), join(bin, 'info')];
    for (const folder of [files, infos]) await mkdir(folder, { recursive: true, mode: 0o700 });
    return { files, infos, shown: relativeTo === null ? path : relative(relativeTo, path) };
  }

  return {
    reaches: (path) =>
      prepare(path).then(
        () => true,
        () => false,
      ),

    async put(path) {
      const { files, infos, shown } = await prepare(path);
      const { name, info } = await reserve(infos, files, basename(path), infoText(shown, new Date()));
      const to = join(files, name);
      try {
        await moveTo(path, to);
      } catch (error) {
        await rm(info, { force: true });
        throw error;
      }
      return { from: path, to, info };
    },

    restore,
  };
}

async function restore({ from, to, info }: Binned): Promise<void> {
  await moveTo(to, from);
  if (info !== null) await rm(info, { force: true });
}

/** The info file is made first and exclusively: it is what keeps a name. */
async function reserve(infos: string, files: string, wanted: string, text: string) {
  const { name: stem, ext } = parse(wanted);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${stem}.${number}${ext}`;
    const info = join(infos, `${name}.trashinfo`);
    if (await exists(join(files, name))) continue;
    try {
      await writeFile(info, text, { flag: 'wx', mode: 0o600 });
      return { name, info };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function infoText(path: string, at: Date): string {
  const date = at.toISOString().slice(0, 19);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return `[Trash Info]\nPath=${encoded}\nDeletionDate=${date}\n`;
}
