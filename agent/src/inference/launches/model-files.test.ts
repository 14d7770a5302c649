import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelEntry } from '@impetus/contracts';
import { temporaryFolder } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import { modelFiles } from './model-files.ts';

const entryOf = (path: string) => ({ name: 'Model', path }) as ModelEntry;

it('names a file by its path, size and time', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'm.gguf');
  await writeFile(path, 'abc');
  const { identity, sizeBytes } = await modelFiles(entryOf(path));
  expect(sizeBytes).toBe(3);
  expect((await modelFiles(entryOf(path))).identity).toBe(identity);
  await utimes(path, 1, 1);
  expect((await modelFiles(entryOf(path))).identity).not.toBe(identity);
});

it('counts all parts of a split model, and says which one is gone', async () => {
  await using folder = await temporaryFolder();
  const parts = [1, 2].map((part) => join(folder.path, `m-0000${part}-of-00002.gguf`));
  for (const part of parts) await writeFile(part, 'abcd');
  const [first = '', second = ''] = parts;
  expect((await modelFiles(entryOf(first))).sizeBytes).toBe(8);
  await rm(second);
  await expect(modelFiles(entryOf(first))).rejects.toMatchObject({
    code: 'model_load_failed',
    message:
      'Model cannot be loaded: its file m-00002-of-00002.gguf is no longer there. Put it back, or choose another model.',
  });
});
