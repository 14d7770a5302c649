import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { samplePath, startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import { credentialOf, managementClient } from './support/management-client.ts';
import { sendUpload } from './support/send-upload.ts';

const mebibyte = 1024 * 1024;

/** A disk of 16 MiB; false where this user may not mount one. */
function mountSmallDisk(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it('a disk that fills up during an upload: the sender and every screen are told, what came is kept, and it goes on when there is room', async ({
  skip,
}) => {
  await using home = await temporaryFolder();
  const models = join(home.path, 'disk');
  await mkdir(models);
  if (!mountSmallDisk(models)) return skip('This user may not mount a small disk.');
  try {
    await using agent = await startAgentProcess({ home: home.path, models });
    const trpc = managementClient(agent);
    const find = async () => (await trpc.models.list.query()).find(({ id }) => id === 'large');
    await agent.cli('settings', 'set', 'diskReserveBytes=0');
    const content = Buffer.concat([await readFile(await samplePath()), Buffer.alloc(6 * mebibyte, 7)]);
    const sending = {
      agent,
      filename: 'large.gguf',
      content,
      authorization: `Bearer ${credentialOf(agent)}`,
    };

    const place = await sendUpload({ ...sending, cutAt: 2 * mebibyte });
    const { bavail, bsize } = await statfs(models);
    await writeFile(join(models, 'filler'), Buffer.alloc(bavail * bsize - 3 * mebibyte));
    await expect(sendUpload({ ...sending, url: place })).rejects.toThrow(
      /disk is full\. What arrived is kept/u,
    );
    const [full] = await trpc.uploads.list.query();
    expect(full).toMatchObject({ state: 'interrupted', error: { code: 'disk_full' } });
    expect(full?.receivedBytes).toBeGreaterThan(4 * mebibyte);
    expect((await readdir(models)).toSorted()).toEqual(['.impetus-uploads', 'filler']);
    expect(await find()).toBeUndefined();
    // Another one is refused before it is sent; the agent itself goes on.
    await expect(sendUpload({ ...sending, filename: 'other.gguf' })).rejects.toThrow(/room|free/iu);
    await trpc.models.load.mutate({ id: 'impetus-sample' });

    await rm(join(models, 'filler'));
    await sendUpload({ ...sending, url: place });
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(await find()).toMatchObject({ sha256, problem: null });
    expect((await readFile(join(models, 'large.gguf'))).equals(content)).toBe(true);
    expect(await readdir(join(models, '.impetus-uploads'))).toEqual([]);
    expect((await trpc.uploads.list.query())[0]).toMatchObject({ state: 'done', error: null });
  } finally {
    execFileSync('umount', [models]);
  }
}, 90_000);
