import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import { Arrival } from './arrival.ts';

const mebibyte = 1024 * 1024;

/** Mounts a small disk, or changes its size; false where this user may not. */
function smallDisk(path: string, ...options: readonly string[]): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

// As the zip that a PyTorch file is: nothing of it has to be a header.
const content = Buffer.alloc(6 * mebibyte, 'PK\u0003\u0004 some bytes of a model');
async function* from(offset: number) {
  for (let at = offset; at < content.length; at += 256 * 1024)
    yield await Promise.resolve(content.subarray(at, at + 256 * 1024));
}

it('a disk that fills up during an upload keeps what came, and the rest comes when there is room', async ({
  skip,
}) => {
  await using folder = await temporaryFolder();
  const disk = join(folder.path, 'disk');
  await mkdir(disk);
  if (!smallDisk(disk, 'size=3m')) return skip('This user may not mount a small disk.');
  try {
    const path = join(disk, 'x');
    await writeFile(path, '');
    const arrival = new Arrival(path, content.length);
    await expect(arrival.write(from(0), 0, () => {})).rejects.toMatchObject({ code: 'disk_full' });
    const kept = (await stat(path)).size;
    expect(kept).toBeGreaterThan(2 * mebibyte);
    expect(smallDisk(disk, 'remount', 'size=16m')).toBe(true);
    // tus goes on at what is in the file.
    expect(await arrival.write(from(kept), kept, () => {})).toBe(content.length);
    expect(arrival.digest()).toBe(createHash('sha256').update(content).digest('hex'));
  } finally {
    execFileSync('umount', [disk]);
  }
});
