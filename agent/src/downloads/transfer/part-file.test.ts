import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@impetus/test-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Digests } from '../digest/digests.ts';
import { PartFile } from './part-file.ts';

const kilobyte = 1024;
const size = 3 * 1024 * kilobyte;
const content = Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251));
const header = { version: 1, repo: 'a/b', revision: 'c', path: 'd', size, sha256: null } as const;

let home: TemporaryFolder;
beforeEach(async () => {
  home = await temporaryFolder();
});
afterEach(() => home[Symbol.asyncDispose]());

const openPart = () => PartFile.open(join(home.path, 'x'), header);

/** Writes what two connections bring in small pieces, as on a slow link. */
async function writeSlowly(part: PartFile): Promise<void> {
  const piece = 10 * kilobyte;
  const halves = [0, size / 2].map(async (start) => {
    for (let at = start; at < start + size / 2; at += piece) {
      await part.write(at, content.subarray(at, Math.min(at + piece, start + size / 2)));
    }
  });
  await Promise.all(halves);
}

async function wrongIn(part: PartFile) {
  await using digests = new Digests();
  using digest = digests.open(part.path, part.segments);
  return await digest.checked;
}

it('small pieces grow into segments of a megabyte, which are proven as they were written', async () => {
  await using part = await openPart();
  await writeSlowly(part);
  expect(part.verified).toEqual([{ from: 0, to: size }]);
  expect(part.segments.length).toBeLessThanOrEqual(4);
  expect(await wrongIn(part)).toEqual([]);
});

it('what grew is there after a start, goes on, and a byte that changed is found', async () => {
  {
    await using first = await openPart();
    await writeSlowly(first);
  }
  await using part = await openPart();
  expect(part.verified).toEqual([{ from: 0, to: size }]);
  expect(await wrongIn(part)).toEqual([]);
  await using file = await open(part.path, 'r+');
  await file.write(Buffer.from([(content[size - 1] ?? 0) ^ 1]), 0, 1, size - 1);
  const wrong = await wrongIn(part);
  expect(wrong).toMatchObject([{ to: size }]);
  await part.drop(wrong);
  const [gap] = wrong;
  await part.write(gap?.from ?? 0, content.subarray(gap?.from));
  expect(part.verified).toEqual([{ from: 0, to: size }]);
  expect(await wrongIn(part)).toEqual([]);
});
