import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { createDiskReserve } from './disk-reserve.ts';

const gigabyte = 1e9;

/** Of a disk with room for ten gigabytes, whatever this one has; others may write some of one meanwhile. */
async function tenGigabytes() {
  const { bavail, bsize } = await statfs(tmpdir());
  return createDiskReserve(() => bavail * bsize - 10.5 * gigabyte);
}

it('promises no room twice, and gives back what was promised', async () => {
  const reserve = await tenGigabytes();
  const claim = await reserve.claim(tmpdir(), 6 * gigabyte);
  await expect(reserve.claim(tmpdir(), 6 * gigabyte)).rejects.toMatchObject({ code: 'disk_full' });
  claim[Symbol.dispose]();
  using again = await reserve.claim(tmpdir(), 6 * gigabyte);
  expect(again).toBeDefined();
});

it('keeps room for the rest of a file of which a part is there already', async () => {
  const reserve = await tenGigabytes();
  using claim = await reserve.claim(tmpdir(), 40 * gigabyte, 32 * gigabyte);
  claim.written(33 * gigabyte);
  await expect(reserve.claim(tmpdir(), 5 * gigabyte)).rejects.toThrow(/room for [23]\.\d GB more/u);
  claim.written(38 * gigabyte);
  using other = await reserve.claim(tmpdir(), 5 * gigabyte);
  expect(other).toBeDefined();
});
