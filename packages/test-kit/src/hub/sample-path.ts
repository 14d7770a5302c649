import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleModel } from '@impetus/gguf/sample';

/** The sample model, made once for all tests of this user. */
export async function samplePath(): Promise<string> {
  const path = join(tmpdir(), `impetus-local-hub-sample-${process.getuid?.() ?? 0}.gguf`);
  if (!existsSync(path)) await makeSampleModel(path);
  return path;
}
