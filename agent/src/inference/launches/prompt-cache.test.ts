import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@impetus/test-kit';
import { describe, expect, it } from 'vitest';
import { foldersToRemove, promptCacheOptions, prunePromptCache, type StateFolder } from './prompt-cache.ts';

const hourMs = 3_600_000;
const now = 100 * hourMs;
const bounds = { promptCacheMaxBytes: 10, promptCacheMaxAgeHours: 24 };

const folder = (name: string, bytes: number, hoursAgo: number): StateFolder => ({
  name,
  bytes,
  writtenAt: now - hoursAgo * hourMs,
});

describe('promptCacheOptions', () => {
  const files = { identity: 'abc', sizeBytes: 1 };

  it('is a folder for each model, with the bounds that the owner chose', () => {
    expect(promptCacheOptions('/cache', files, bounds)).toEqual({
      folder: '/cache/abc',
      modelIdentity: 'abc',
      maxBytes: 10,
      maxAgeMs: 24 * hourMs,
    });
  });

  it('is nothing where the owner wants no states kept', () => {
    expect(promptCacheOptions('/cache', files, { ...bounds, promptCacheMaxBytes: 0 })).toBeNull();
  });
});

describe('foldersToRemove', () => {
  it('are the old ones', () => {
    const folders = [folder('old', 1, 25), folder('new', 1, 23)];
    expect(foldersToRemove(folders, new Set(), bounds, now)).toEqual(['old']);
  });

  it('are the oldest of what is too much together', () => {
    const folders = [folder('a', 6, 3), folder('b', 6, 1), folder('c', 3, 2)];
    expect(foldersToRemove(folders, new Set(), bounds, now)).toEqual(['a']);
  });

  it('are never those of a model that is loaded, which count nevertheless', () => {
    const folders = [folder('loaded', 9, 99), folder('other', 2, 1)];
    expect(foldersToRemove(folders, new Set(['loaded']), bounds, now)).toEqual(['other']);
  });

  it('are all others where the owner wants none', () => {
    const folders = [folder('loaded', 9, 1), folder('other', 2, 1)];
    const none = { ...bounds, promptCacheMaxBytes: 0 };
    expect(foldersToRemove(folders, new Set(['loaded']), none, now)).toEqual(['other']);
  });
});

it('prunes what is on the disk, and does not mind a folder that is not there', async () => {
  await using home = await temporaryFolder();
  const cache = join(home.path, 'cache');
  await prunePromptCache(cache, new Set(), bounds);
  for (const name of ['kept', 'gone']) {
    await mkdir(join(cache, name), { recursive: true });
    await writeFile(join(cache, name, '1.state'), 'x'.repeat(100_000));
  }
  await prunePromptCache(cache, new Set(['kept']), bounds);
  expect(await readdir(cache)).toEqual(['kept']);
});
