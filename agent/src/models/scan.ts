import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { groupSplits } from '@impetus/gguf';

/** One model on the disk, before anything was read of it. */
export interface FoundModel {
  readonly id: string;
  /** In order; the first is what a runner loads. */
  readonly files: readonly string[];
  /** Names of splits that should be there and are not. */
  readonly missing: readonly string[];
}

/** Folders deeper than this are not a library any more. */
const deepest = 6;

/** Finds the models in a folder and its subfolders. A folder that is not there has none. */
export async function scanFolder(folder: string): Promise<FoundModel[]> {
  const files = await filesBelow(folder, deepest);
  const groups = groupSplits(files.filter((path) => !basename(path).startsWith('.')).toSorted());
  return withIds(folder, groups);
}

async function filesBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EACCES') return [];
    throw error;
  });
  const nested = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && depth > 0)
    .map((entry) => filesBelow(join(folder, entry.name), depth - 1));
  const own = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
  return [...own.map((entry) => join(folder, entry.name)), ...(await Promise.all(nested)).flat()];
}

/** A model is called by its file's name; where two share one, by their paths in the folder. */
export function withIds(
  folder: string,
  groups: readonly {
    readonly name: string;
    readonly files: readonly string[];
    readonly missing: readonly string[];
  }[],
): FoundModel[] {
  const shortName = (path: string) => basename(path).replace(/\.gguf$/iu, '');
  const times = Map.groupBy(groups, ({ name }) => shortName(name));
  return groups.map(({ name, files, missing }) => ({
    id:
      times.get(shortName(name))?.length === 1
        ? shortName(name)
        : relative(folder, name).replace(/\.gguf$/iu, ''),
    files,
    missing: missing.map((path) => basename(path)),
  }));
}
