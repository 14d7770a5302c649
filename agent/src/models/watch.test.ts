import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import { watchFolders } from './watch.ts';

// Linux watches whole trees as macOS does when it is asked to.
it.each(['darwin', 'linux'] as const)(
  'on %s a new model is seen while a download writes into a hidden folder beside it',
  async (platform) => {
    await using home = await temporaryFolder();
    const hidden = join(home.path, '.impetus-downloads');
    await mkdir(hidden);
    let seen = 0;
    using watcher = watchFolders(() => (seen += 1), platform);
    watcher.watch([home.path], [home.path]);
    const over = new AbortController();
    const download = (async () => {
      while (!over.signal.aborted) await writeFile(join(hidden, '0.part'), 'another piece');
    })();
    await writeFile(join(home.path, 'new.gguf'), 'GGUF');
    await expect.poll(() => seen, { timeout: 5_000 }).toBeGreaterThan(0);
    over.abort();
    await download;
  },
);
