import { basename } from 'node:path';
import { fileSource, GgufError, readGgufHeader, type GgufHeader } from '@impetus/gguf';
import { ImpetusError, type Adapter } from '@impetus/contracts';

/**
 * Throws for an adapter that is none, or none for a model of this architecture, naming it. llama.cpp would refuse
 * it too, after the weights are loaded and without a word on which of several it was.
 */
export async function checkAdapters(adapters: readonly Adapter[], architecture: string): Promise<void> {
  for (const { path } of adapters) {
    const header = await readHeader(path);
    if (textOf(header, 'general.type') !== 'adapter') {
      throw refused(path, 'it is a GGUF file, but not an adapter');
    }
    const made = textOf(header, 'general.architecture');
    if (made !== architecture) {
      throw refused(
        path,
        `it is for models of the architecture “${made}”, and this one is “${architecture}”`,
      );
    }
  }
}

async function readHeader(path: string): Promise<GgufHeader> {
  try {
    await using source = await fileSource(path);
    return await readGgufHeader(source);
  } catch (error) {
    if (error instanceof GgufError) throw refused(path, error.message);
    const { code } = error as NodeJS.ErrnoException;
    throw refused(path, code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`);
  }
}

function textOf(header: GgufHeader, key: string): string | null {
  const entry = header.metadata.get(key);
  return entry?.type === 'string' ? entry.value : null;
}

function refused(path: string, why: string): ImpetusError {
  return new ImpetusError(
    'model_load_failed',
    `The adapter ${basename(path)} cannot be used: ${why}. Choose another one in the model's settings, or none.`,
  );
}
