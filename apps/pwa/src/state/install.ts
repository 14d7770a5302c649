import { createSignal } from 'solid-js';
import { readPreference, writePreference } from '../lib/preferences.ts';

/** Chromium's offer to install the page, which it leaves to the page to show. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

const hintKey = 'install-hint';

const [offer, setOffer] = createSignal<InstallPromptEvent | null>(null);
const [installed, setInstalled] = createSignal(matchMedia('(display-mode: standalone)').matches);
const [hintWanted, setHintWanted] = createSignal(readPreference(hintKey) !== 'dismissed');

function isAppleTouch(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
}

/** How this browser installs the page: it asks, its user does it by hand, it cannot, or it has been done. */
export type InstallWay = 'prompt' | 'by-hand' | 'none' | 'installed';

export function installWay(): InstallWay {
  if (installed()) return 'installed';
  if (offer() !== null) return 'prompt';
  return isAppleTouch() ? 'by-hand' : 'none';
}

/** Whether to mention installing where nobody asked for it; at most until it was dismissed once. */
export function hintIsWanted(): boolean {
  const way = installWay();
  return hintWanted() && (way === 'prompt' || way === 'by-hand');
}

export function dismissHint(): void {
  setHintWanted(false);
  writePreference(hintKey, 'dismissed');
}

/** Shows the browser's own dialog. */
export async function install(): Promise<void> {
  const event = offer();
  if (event === null) return;
  // It can be shown once; the browser makes a new offer when it sees fit.
  setOffer(null);
  const { outcome } = await event.prompt();
  if (outcome === 'dismissed') dismissHint();
}

/** Listens for the browser's offer, which comes once and early. */
export function startInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    setOffer(event as InstallPromptEvent);
  });
  addEventListener('appinstalled', () => {
    setInstalled(true);
    setOffer(null);
  });
}
