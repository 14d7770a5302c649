import { createSignal } from 'solid-js';
import type { Workbox } from 'workbox-window';
import { failureOf } from '../lib/worker-check.ts';
import { noteWorkerTrust } from './worker-trust.ts';

const askEveryMs = 60 * 60_000;

const [ready, setReady] = createSignal(false);
let workbox: Workbox | undefined;
let askedAt = 0;

/** Whether a newer version of the page waits to be shown. */
export const updateReady = ready;

async function register(): Promise<void> {
  const { Workbox: Registration } = await import('workbox-window');
  workbox = new Registration('/sw.js');
  workbox.addEventListener('waiting', () => setReady(true));
  // Another tab may have agreed to the update; this one must not go on with files that are gone.
  workbox.addEventListener('controlling', ({ isUpdate }) => {
    if (isUpdate === true) location.reload();
  });
  askedAt = Date.now();
  await workbox.register();
}

function askForUpdate(): void {
  if (document.visibilityState === 'hidden' || Date.now() - askedAt < askEveryMs) return;
  askedAt = Date.now();
  // An agent that is away has no update to offer.
  workbox?.update().catch(() => {});
}

/** Registers the service worker once the page stands, and asks for a newer one now and then. */
export function startUpdates(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const begin = (): void => {
    // Without a worker the page still works; it cannot be opened while the Mac is away. Why says the pill.
    register().then(
      () => noteWorkerTrust({ kind: 'trusted' }),
      (error: unknown) => noteWorkerTrust(failureOf(error)),
    );
  };
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
  document.addEventListener('visibilitychange', askForUpdate);
}

/** Changes to the newer version; the page reloads. */
export function applyUpdate(): void {
  workbox?.messageSkipWaiting();
}
