import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ImpetusError } from '@impetus/contracts';
import { temporaryFolder, waitFor } from '@impetus/test-kit';
import { commitOf, madeUp, startLocalHub, type LocalRepo } from '@impetus/test-kit/hub';
import { expect, it } from 'vitest';
import { openDatabase } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import { migrations } from '../db/migrations/index.ts';
import type { DiskReserve } from '../models/types.ts';
import { DownloadBook } from './book.ts';
import { newEntry, toDownload, type Entry } from './entry.ts';
import { makeParts } from './place.ts';
import { Runs } from './runs.ts';
import { StoredDownloadSettings } from './settings.ts';

const repo: LocalRepo = { id: 'a/b', files: { 'c-Q8_0.gguf': madeUp(100_000, 1) } };

const entryOf = (): Entry =>
  newEntry({
    id: 'one',
    repo: repo.id,
    revision: commitOf(repo),
    key: 'Q8_0',
    quant: 'Q8_0',
    name: 'c-Q8_0',
    state: 'queued',
    priority: 'normal',
    position: 1,
    files: [{ path: 'c-Q8_0.gguf', sizeBytes: 100_000, sha256: null, shownBytes: 0 }],
    error: null,
    addedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    modelId: null,
    licence: null,
  });

/** A disk without room until `free` is called; counts how often it was asked. */
function fullDisk() {
  let isFull = true;
  let asked = 0;
  const reserve: DiskReserve = {
    isBroached: () => Promise.resolve(false),
    claim: () => {
      asked += 1;
      if (isFull) return Promise.reject(new ImpetusError('disk_full', 'There is no room.'));
      return Promise.resolve({ written() {}, [Symbol.dispose]() {} });
    },
  };
  return { reserve, asked: () => asked, free: () => (isFull = false) };
}

it('leaves a download alone that waits for room, and goes on with it when there is some', async () => {
  await using stack = new AsyncDisposableStack();
  const home = stack.use(await temporaryFolder());
  const hub = stack.use(await startLocalHub({ repos: [repo] }));
  const connection = stack.use(openDatabase(join(home.path, 'test.db')));
  await migrate(connection, { backups: join(home.path, 'backups'), migrations });
  const modelsFolder = join(home.path, 'models');
  await makeParts(modelsFolder, 'one');
  const disk = fullDisk();
  const warnings: string[] = [];
  const log = { debug() {}, info() {}, warn: (_: object, text: string) => warnings.push(text), error() {} };
  const book = await DownloadBook.open({ db: connection.db, log, modelsFolder, onChange() {} });
  const entry = entryOf();
  await book.add(entry);
  const states: string[] = [];
  const runs = stack.use(
    new Runs({
      book,
      log,
      modelsFolder,
      settings: await StoredDownloadSettings.open(connection.db),
      teller: { changed: () => states.push(toDownload(entry, null, 0).state), moved() {} },
      hubClient: { endpoint: hub.url, token: () => null },
      proxy: null,
      catalogue: {
        learnHash: () => Promise.resolve(),
        list: () => [],
        rescan: () => Promise.resolve(),
      },
      origins: { record: () => Promise.resolve() },
      reserve: disk.reserve,
      closedBy: () => null,
      lookEveryMs: 10,
    }),
  );
  await runs.begin();
  await waitFor('several looks at the disk', () => Promise.resolve(disk.asked() >= 8));
  expect(warnings).toEqual(['A download was interrupted.']);
  const firstWait = states.indexOf('waiting');
  expect(new Set(states.slice(firstWait))).toEqual(new Set(['waiting']));

  // The disk is pulled out meanwhile: what is waited for is another thing, and is said.
  await rename(modelsFolder, `${modelsFolder}-away`);
  await waitFor('what is waited for then', () => Promise.resolve(entry.blockedBy === 'folder'));
  await rename(`${modelsFolder}-away`, modelsFolder);
  await waitFor('the full disk again', () => Promise.resolve(entry.blockedBy === 'disk'));

  disk.free();
  await waitFor('the end', () => Promise.resolve(entry.stored.state === 'done'));
});
