import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import { parseSplitName, splitNames } from '@impetus/gguf';

/** Names a model's files as they are now: another path, size or time is another identity. */
export interface ModelFiles {
  readonly identity: string;
  readonly sizeBytes: number;
}

/** Throws `model_load_failed` where a file is gone, so that its owner hears it before llama.cpp stumbles. */
export async function modelFiles(entry: ModelEntry): Promise<ModelFiles> {
  const files = await Promise.all(pathsOf(entry.path).map((path) => look(entry, path)));
  const identity = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 32);
  return { identity, sizeBytes: files.reduce((total, { size }) => total + size, 0) };
}

/** All parts of a split model, of which `path` is the first. */
function pathsOf(path: string): readonly string[] {
  const split = parseSplitName(path);
  return split === undefined ? [path] : splitNames(split.base, split.count);
}

async function look(
  { name }: ModelEntry,
  path: string,
): Promise<{ readonly path: string; readonly size: number; readonly modifiedAt: number }> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, size, modifiedAt: mtimeMs };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'is no longer there' : `cannot be read (${code})`;
    throw new ImpetusError(
      'model_load_failed',
      `${name} cannot be loaded: its file ${basename(path)} ${what}. Put it back, or choose another model.`,
      { cause: error },
    );
  }
}
