import { existsSync, watch, type FSWatcher } from 'node:fs';

/** Copying a model writes for a while; the folder is read once it has been quiet for this long. */
const quietMs = 500;

/** How often a folder that is not there is looked for: an external disk may come back. */
const absentMs = 2_000;

/** Calls `onChange` after something in the folder or its subfolders changed and then was quiet for a moment. */
export function watchFolder(folder: string, onChange: () => void): Disposable {
  let quiet: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;

  const changed = () => {
    clearTimeout(quiet);
    quiet = setTimeout(onChange, quietMs);
    if (!existsSync(folder)) lose();
  };
  const lose = () => {
    watcher?.close();
    watcher = undefined;
  };
  const open = () => {
    try {
      watcher = watch(folder, { recursive: true }, changed).on('error', lose);
      return true;
    } catch {
      return false;
    }
  };

  open();
  const search = setInterval(() => {
    if (watcher === undefined && open()) changed();
  }, absentMs);
  search.unref();
  return {
    [Symbol.dispose]() {
      clearInterval(search);
      clearTimeout(quiet);
      lose();
    },
  };
}
