import { watch, type FSWatcher } from 'node:fs';

/** Copying a model writes for a while; the folder is read once it has been quiet for this long. */
const quietMs = 500;

/**
 * Calls `onChange` after something in the folder or its subfolders changed and then was quiet.
 * Where the folder cannot be watched nothing is called; a rescan by hand still finds what is there.
 */
export function watchFolder(folder: string, onChange: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(onChange, quietMs);
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    watcher = undefined;
  }
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}
