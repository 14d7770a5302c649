import { mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { ImpetusError } from '@impetus/contracts';
import { safePath } from '../platform/file-name.ts';
import { placeFile } from '../platform/place-file.ts';

/** Hidden, so that no scan of the library takes what is unfinished for a model. On the same disk as the library. */
const partsFolder = '.impetus-downloads';

/** Where a download's unfinished files lie. */
export function partsOf(modelsFolder: string, id: string): string {
  return join(modelsFolder, partsFolder, id);
}

/** What the files of a download that was cancelled are known by, until they are gone. */
const asideMark = '.cancelled';

/** Gives the unfinished files of a download up. What it answers removes them. */
export async function putPartsAside(modelsFolder: string, id: string): Promise<() => Promise<void>> {
  const from = partsOf(modelsFolder, id);
  const aside = `${from}${asideMark}`;
  // It may have none.
  await rename(from, aside).catch(() => {});
  return async () => {
    for (const path of [from, aside]) await rm(path, { recursive: true, force: true });
  };
}

/** Removes what a crash left of downloads that were being cancelled. */
export async function removeAside(modelsFolder: string): Promise<void> {
  const names = await readdir(join(modelsFolder, partsFolder)).catch(() => []);
  for (const name of names.filter((one) => one.endsWith(asideMark)))
    await rm(partsOf(modelsFolder, name), { recursive: true, force: true });
}

/**
 * The folder of the models is not where it was, or another disk is there in its place. Nothing is made anew there:
 * it would lie on the wrong disk, and what came so far is on the right one.
 */
export class ModelsFolderAway extends ImpetusError {
  constructor(modelsFolder: string, cause?: unknown) {
    super(
      'conflict',
      `The models folder ${modelsFolder} is not there, or not the one that it was. Connect the disk that holds it.`,
      { cause },
    );
  }
}

/** Makes the place for a download's unfinished files, before its first byte comes. Throws ModelsFolderAway. */
export async function makeParts(modelsFolder: string, id: string): Promise<void> {
  // Without the folders above it: where a disk is not connected they are missing.
  await mkdir(modelsFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw new ModelsFolderAway(modelsFolder, error);
  });
  await mkdir(partsOf(modelsFolder, id), { recursive: true });
}

/** Throws ModelsFolderAway where what was begun of a download cannot be reached. */
export async function requireParts(modelsFolder: string, id: string): Promise<void> {
  const found = await stat(partsOf(modelsFolder, id)).catch(() => null);
  if (found?.isDirectory() !== true) throw new ModelsFolderAway(modelsFolder);
}

export function partBase(modelsFolder: string, id: string, index: number): string {
  return join(partsOf(modelsFolder, id), String(index));
}

/** Where a file of a repo belongs in the library. Throws `invalid_request` for a name that is not safe there. */
export function targetOf(modelsFolder: string, repo: string, path: string): string {
  return join(modelsFolder, ...safePath(repo), ...safePath(path));
}

/** The size of a file that is there; null where there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    (stats) => (stats.isFile() ? stats.size : -1),
    () => null,
  );
}

/**
 * Moves a finished file into the library: whole or not at all, and on the disk when this resolves. False where a file
 * is in its place, which is left as it is.
 */
export async function moveInto(modelsFolder: string, from: string, to: string): Promise<boolean> {
  const folder = dirname(to);
  await mkdir(folder, { recursive: true });
  await expectInside(modelsFolder, folder);
  try {
    await placeFile(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A folder in the library may be a link to anywhere; what is downloaded stays in the models folder. */
async function expectInside(modelsFolder: string, folder: string): Promise<void> {
  const way = relative(await realpath(modelsFolder), await realpath(folder));
  if (way !== '..' && !way.startsWith(`..${sep}`)) return;
  throw new ImpetusError(
    'conflict',
    `The folder ${folder} is a link that leads out of the models folder. Remove the link, then try again.`,
  );
}
