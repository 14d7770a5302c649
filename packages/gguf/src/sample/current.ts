import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * SHA-256 of the sample model's file. It changes with each release that changes the model, so a file
 * with another digest is an older one, or damaged.
 */
export const sampleModelDigest = 'd3235100fd3c4cb526e338424db777edeb29b7d196d2d365bcbfa92f6afa4827';

/** Whether `path` holds this release's sample model; false where there is no file. */
export async function sampleModelIsCurrent(path: string): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  return hash.digest('hex') === sampleModelDigest;
}
