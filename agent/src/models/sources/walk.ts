import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Folders deeper than this are not a library any more. */
const deepest = 6;
/** A folder with more files than this is something else: a home folder, a disk. */
const mostFiles = 50_000;

export interface Walked {
  /** In the order of their paths. Links are among them; what they lead to is for the reader to judge. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Links to folders elsewhere, which were not followed. */
  readonly linkedFolders: readonly string[];
}

/**
 * The files of a folder and its subfolders. Hidden ones are left out, and links to folders are not followed: they
 * could lead out, or round in a circle. A folder that is not there has none.
 */
export async function walk(root: string, depth = deepest): Promise<Walked> {
  const files: string[] = [];
  const folders: string[] = [];
  const linkedFolders: string[] = [];
  const open: { readonly path: string; readonly left: number }[] = [{ path: root, left: depth }];
  for (let next = open.pop(); next !== undefined && files.length < mostFiles; next = open.pop()) {
    const { path, left } = next;
    const entries = await listFolder(path);
    if (entries === null) continue;
    folders.push(path);
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const place = join(path, entry.name);
      if (entry.isSymbolicLink() && (await isFolder(place))) {
        if (!(await leadsInside(place, root))) linkedFolders.push(place);
      } else if (entry.isFile() || entry.isSymbolicLink()) files.push(place);
      else if (entry.isDirectory() && left > 0) open.push({ path: place, left: left - 1 });
    }
  }
  return { files: files.toSorted(), folders, linkedFolders };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

/** What lies in the watched folder is read anyway. */
async function leadsInside(path: string, root: string): Promise<boolean> {
  const [target, base] = await Promise.all([realpath(path), realpath(root)]).catch(() => [path, root]);
  return target === base || target.startsWith(`${base}${sep}`);
}

/** Null for a folder that cannot be listed. */
export async function listFolder(path: string) {
  return readdir(path, { withFileTypes: true }).catch(() => null);
}
