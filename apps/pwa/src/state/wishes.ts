import { createEffect, createRoot, createSignal, on } from 'solid-js';
import { toFailure } from '../api/failure.ts';
import { api } from '../api/client.ts';
import { readPreference, writePreference } from '../lib/preferences.ts';
import { macName } from './agent-state.ts';
import { isConnected } from './connection.ts';
import type { WantedDownload } from './downloads/download-actions.ts';
import { addWish, failWish, readWishes, type Wish } from './wish-list.ts';
import { showToast } from './toasts.ts';

const key = 'wishes';

const [list, setList] = createSignal<readonly Wish[]>(readWishes(readPreference(key)));

/** What was asked of the Mac while it was away, until it is carried out. */
export const wishes = list;

function keep(next: readonly Wish[]): void {
  setList(next);
  writePreference(key, next.length === 0 ? null : JSON.stringify(next));
}

/** Keeps a download in mind until the Mac is back. */
export function wishDownload(wanted: WantedDownload): void {
  keep(addWish(list(), wanted, Date.now()));
  showToast(`${wanted.name} is downloaded when ${macName()} is back.`);
}

export function forgetWishFor(id: string): void {
  keep(list().filter((wish) => wish.id !== id));
}

let isCarryingOut = false;

/** Asks the Mac for what was wished; what it refuses stays listed, with the reason. */
async function carryOutWishes(): Promise<void> {
  if (isCarryingOut) return;
  isCarryingOut = true;
  try {
    for (const { id, wanted } of list().filter(({ refusal }) => refusal === null)) {
      const { name, ...input } = wanted;
      try {
        await api.downloads.add.mutate(input);
        keep(list().filter((wish) => wish.id !== id));
        showToast(`${name} is in the queue now.`);
      } catch (error) {
        const { code, why, what } = toFailure(error, `${name} is not in the queue.`);
        // The Mac went away again: the rest is asked when it is back.
        if (code === 'away') return;
        keep(failWish(list(), id, why ?? what));
      }
    }
  } finally {
    isCarryingOut = false;
  }
}

/** Tries one again that was refused. */
export function retryWish(id: string): void {
  keep(list().map((wish) => (wish.id === id ? { ...wish, refusal: null } : wish)));
  if (isConnected()) void carryOutWishes();
}

/** Carries out what was wished whenever the Mac is back. */
export function startWishes(): void {
  createRoot(() => {
    createEffect(
      on(isConnected, (connected) => {
        if (connected) void carryOutWishes();
      }),
    );
  });
}
