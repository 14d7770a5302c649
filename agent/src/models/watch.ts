import { existsSync, watch, type FSWatcher } from 'node:fs';
import { sep } from 'node:path';

/** Copying a model writes for a while; the folders are read once they have been quiet for this long. */
const quietMs = 500;

/** How often folders that are not there are looked for: an external disk may come back. */
const absentMs = 2_000;

/** Disks on the network tell of no changes, so everything is read again now and then. */
const anywayMs = 10 * 60_000;

/** More are not watched: each takes a handle of the system. What changes in them is seen when all is read again. */
const mostFolders = 4_096;

export interface FolderWatch extends Disposable {
  /** Watches these from now on, in place of those before. */
  watch(roots: readonly string[], visited: readonly string[]): void;
}

/**
 * Calls `onChange` after something changed in a watched folder and then was quiet for a moment. macOS watches whole
 * trees by itself; elsewhere each folder that was visited has a watch of its own, which costs one handle and never
 * follows a link.
 */
export function watchFolders(onChange: () => void, platform = process.platform): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  let roots: readonly string[] = [];
  let quiet: NodeJS.Timeout | undefined;
  const recursive = platform === 'darwin';

  const seen = (_: string, name: string | null) => {
    // A download or an upload writes for hours into a hidden folder, which is none of the library's.
    if (name === null || !isHidden(name)) changed();
  };
  const changed = () => {
    clearTimeout(quiet);
    quiet = setTimeout(onChange, quietMs);
    for (const path of watchers.keys()) if (!existsSync(path)) lose(path);
  };
  const lose = (path: string) => {
    watchers.get(path)?.close();
    watchers.delete(path);
  };
  const open = (path: string): boolean => {
    try {
      const watcher = watch(path, { recursive }, seen).on('error', () => lose(path));
      watchers.set(path, watcher);
      return true;
    } catch {
      return false;
    }
  };

  const search = setInterval(() => {
    const back = roots.filter((path) => !watchers.has(path) && open(path));
    if (back.length > 0) changed();
  }, absentMs);
  const anyway = setInterval(onChange, anywayMs);
  search.unref();
  anyway.unref();

  return {
    watch(newRoots, visited) {
      roots = newRoots;
      const wanted = new Set([...roots, ...(recursive ? [] : visited)].slice(0, mostFolders));
      for (const path of watchers.keys()) if (!wanted.has(path)) lose(path);
      const opened = [...wanted].filter((path) => !watchers.has(path) && open(path));
      // What was written into a new folder between the reading and the watch would be missed.
      const isNew = opened.some((path) => !roots.includes(path));
      if (isNew) changed();
    },
    [Symbol.dispose]() {
      clearInterval(search);
      clearInterval(anyway);
      clearTimeout(quiet);
      for (const path of watchers.keys()) lose(path);
    },
  };
}

/** Whether a path, relative to the folder that is watched, leads to what is hidden there. */
function isHidden(path: string): boolean {
  return path.split(sep).some((name) => name.startsWith('.'));
}
