import { createSignal } from 'solid-js';
import type { WorkerCheck } from '../lib/worker-check.ts';

const [result, setResult] = createSignal<WorkerCheck | null>(null);

/** What the last try to register the service worker said; null until there was one. */
export const workerTrust = result;

export const noteWorkerTrust = setResult;

/** Whether the browser shows the page and does not trust its certificate. */
export function isUntrusted(): boolean {
  return result()?.kind === 'untrusted';
}
