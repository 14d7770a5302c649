import { createSignal } from 'solid-js';

/** Pages whose address may carry a one-time secret behind its #. */
const secretPages = new Set(['/setup', '/join']);

const [secret, setSecret] = createSignal<string | null>(null);

/** What stood behind the # when this page was opened: a one-time code, kept in memory alone. */
export const arrivedWith = secret;

/** It was used, or turned out to be of no use. */
export function forgetArrival(): void {
  setSecret(null);
}

function take(): void {
  const { pathname, search, hash } = location;
  if (hash.length < 2 || !secretPages.has(pathname.replace(/\/$/, ''))) return;
  setSecret(hash.slice(1));
  // Out of the address bar, the history and what the browser would share, before anything else happens.
  history.replaceState(history.state, '', pathname + search);
}

/** Takes the code out of the address; also of a second link that is opened in the same window. */
export function watchArrival(): void {
  take();
  addEventListener('hashchange', take);
}
