import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import { makeParts, partsOf, putPartsAside, removeAside, requireParts } from './place.ts';

it('what was fetched of a cancelled download is not forgotten on the disk, wherever the agent ends', async () => {
  await using models = await temporaryFolder();
  const parts = (id: string) => partsOf(models.path, id);
  for (const id of ['cancelled', 'going-on']) {
    await mkdir(parts(id), { recursive: true });
    await writeFile(join(parts(id), '0.part'), 'bytes');
  }
  // The agent ends here: what it got back is never called.
  await putPartsAside(models.path, 'cancelled');
  await removeAside(models.path);
  expect(await readdir(parts(''))).toEqual(['going-on']);

  const remove = await putPartsAside(models.path, 'going-on');
  await remove();
  expect(await readdir(parts(''))).toEqual([]);
});

it('nothing is made below a disk that is not connected, and what was begun is not begun anew', async () => {
  await using disks = await temporaryFolder();
  const models = join(disks.path, 'external', 'models');
  await expect(makeParts(models, 'one')).rejects.toThrow(/models folder .* is not there.*Connect the disk/u);
  expect(await readdir(disks.path)).toEqual([]);

  await mkdir(join(disks.path, 'external'));
  await makeParts(models, 'one');
  await requireParts(models, 'one');
  await expect(requireParts(models, 'two')).rejects.toThrow(/not the one that it was/u);
});
