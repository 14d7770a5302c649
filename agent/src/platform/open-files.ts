import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const othersMay = 0o077;

/** What in a folder others on this computer may read or write, the folder itself included; at most `limit` paths. */
export function openFiles(folder: string, depth = 3, limit = 20): readonly string[] {
  const found: string[] = [];
  const look = (path: string, left: number) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined || stat.isSymbolicLink() || found.length >= limit) return;
    const isFolder = stat.isDirectory();
    if ((stat.mode & othersMay) !== 0) found.push(path);
    // Nobody gets past a closed folder; what lies in it may be as it likes.
    else if (isFolder) return;
    if (isFolder && left > 0) for (const name of readdirSync(path)) look(join(path, name), left - 1);
  };
  look(folder, depth);
  return found;
}
