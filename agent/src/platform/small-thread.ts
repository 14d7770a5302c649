import { Worker } from 'node:worker_threads';

/** With the cache the thread need not load what strips types, which takes more memory than all else of it. */
const bootstrap = `
require('node:module').enableCompileCache();
import(require('node:worker_threads').workerData);
`;

/** A thread that reads and counts, with as little memory as such a one needs. */
export function startSmallThread(name: string, script: URL): Worker {
  return new Worker(bootstrap, {
    eval: true,
    workerData: script.href,
    name,
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
  });
}
