import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const file = 'impetus-sample.gguf';
const cached = join(tmpdir(), `impetus-test-${file}`);

/**
 * Gives a new data folder the sample model that an earlier agent made: computing it takes longer than all else of a
 * start. The agent checks the file and makes its own where it is not the right one.
 */
export async function lendSample(home: string): Promise<void> {
  const own = ownFile(home);
  if ((await timeOf(own)) !== null || (await timeOf(cached)) === null) return;
  await mkdir(join(home, 'sample'), { recursive: true, mode: 0o700 });
  await copyFile(cached, own);
}

/** Keeps the sample model that an agent made, for those that start after it. */
export async function keepSample(home: string): Promise<void> {
  const [made, kept] = [await timeOf(ownFile(home)), await timeOf(cached)];
  if (made === null || (kept !== null && kept >= made)) return;
  const unfinished = `${cached}.${randomUUID()}`;
  await copyFile(ownFile(home), unfinished);
  await rename(unfinished, cached);
}

const ownFile = (home: string) => join(home, 'sample', file);

/** When a file was last written, in milliseconds; null where there is none. */
async function timeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
