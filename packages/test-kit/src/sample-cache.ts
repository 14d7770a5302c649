import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleModel, sampleModelDigest } from '@impetus/gguf/sample';

const made = join(
  tmpdir(),
  `impetus-test-sample-${sampleModelDigest.slice(0, 16)}-${process.getuid?.() ?? 0}.gguf`,
);

/** The sample model, made once for all tests of this user: computing it takes longer than all else of a start. */
export async function samplePath(): Promise<string> {
  if (existsSync(made)) return made;
  const unfinished = `${made}.${randomUUID()}`;
  await makeSampleModel(unfinished);
  await rename(unfinished, made);
  return made;
}

/** Gives a new data folder the sample model, which the agent checks before it takes it for its own. */
export async function lendSample(home: string): Promise<void> {
  const own = join(home, 'sample', 'impetus-sample.gguf');
  if (existsSync(own)) return;
  await mkdir(join(home, 'sample'), { recursive: true, mode: 0o700 });
  await copyFile(await samplePath(), own);
}
