import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';

/** One file to hash; its answer carries the same path. */
export interface HashTask {
  readonly path: string;
}

export type HashAnswer = { readonly path: string } & (
  | { readonly sha256: string }
  | { readonly error: string }
);

const chunkBytes = 1024 * 1024;

/** Rests as long as it worked: there is no hurry, and models that answer need the disk and the cores. */
async function hash(path: string): Promise<string> {
  const file = openSync(path, 'r');
  try {
    const sum = createHash('sha256');
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const began = performance.now();
      const length = readSync(file, chunk);
      if (length === 0) return sum.digest('hex');
      sum.update(chunk.subarray(0, length));
      await delay(performance.now() - began);
    }
  } finally {
    closeSync(file);
  }
}

const port = parentPort;
port?.on('message', ({ path }: HashTask) => {
  void hash(path).then(
    (sha256) => port.postMessage({ path, sha256 } satisfies HashAnswer),
    (error: NodeJS.ErrnoException) =>
      port.postMessage({ path, error: error.code ?? 'unknown' } satisfies HashAnswer),
  );
});
