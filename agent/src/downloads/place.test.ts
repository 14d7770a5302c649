import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import { partsOf, putPartsAside, removeAside } from './place.ts';

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
