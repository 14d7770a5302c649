import { stat } from 'node:fs/promises';
import {
  assertComplete,
  describeGguf,
  fileSource,
  GgufError,
  readGgufHeader,
  type GgufDescription,
} from '@impetus/gguf';
import type { FoundModel } from './scan.ts';

/** What looking into a model's files told. */
export interface Inspection {
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
  /** Null where the first file has no readable header. */
  readonly description: GgufDescription | null;
  /** Why the files cannot be used, in words for their owner; null where nothing was found. */
  readonly fault: string | null;
}

/** Looks into a model's files: their sizes, and the header of the first. Never throws for what a file holds. */
export async function inspect(model: FoundModel): Promise<Inspection> {
  const stats = await Promise.all(model.files.map((path) => stat(path)));
  const facts = {
    sizeBytes: stats.reduce((sum, { size }) => sum + size, 0),
    modifiedAt: new Date(Math.max(...stats.map(({ mtimeMs }) => mtimeMs))),
  };
  let description: GgufDescription | null = null;
  try {
    for (const path of model.files) {
      // One after the other: a large library must not hold hundreds of files open.
      await using source = await fileSource(path);
      const header = await readGgufHeader(source);
      description ??= describeGguf(header);
      assertComplete(header);
    }
    return { ...facts, description, fault: null };
  } catch (error) {
    return { ...facts, description, fault: explain(error) };
  }
}

function explain(error: unknown): string {
  if (error instanceof GgufError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES') return 'The file cannot be read: permission is denied.';
  return `The file cannot be read${code === '' ? '' : ` (${code})`}.`;
}
