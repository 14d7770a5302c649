import { createSignal } from 'solid-js';
import { readPreference, writePreference } from '../lib/preferences.ts';

const key = 'last-place';
const fewMinutesMs = 15 * 60_000;

const [path, setPath] = createSignal('/');

/** The conversation that was last open in this tab: the way back to it from the other pages. */
export const lastConversationPath = path;

export function rememberConversationPath(id: string | null): void {
  setPath(id === null ? '/' : `/c/${id}`);
}

/**
 * Phones end an installed app whenever they need its memory, and start it again at its first page. Within a
 * few minutes its owner is brought back to where they were. A browser tab has its own address and keeps it.
 */
export function returnToLastPlace(): void {
  if (!matchMedia('(display-mode: standalone)').matches) return;
  const [left, at] = readPreference(key)?.split(' ') ?? [];
  const isStart = location.pathname === '/' && location.search === '';
  if (isStart && left?.startsWith('/') && Date.now() - Number(at) < fewMinutesMs) {
    history.replaceState(null, '', left);
  }
  addEventListener('pagehide', keepPlace);
  document.addEventListener('visibilitychange', keepPlace);
}

function keepPlace(): void {
  if (document.visibilityState === 'hidden') writePreference(key, `${location.pathname} ${Date.now()}`);
}
