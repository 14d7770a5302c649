import type { PairingView } from '@impetus/contracts/pairing';
import { createEffect, createMemo, createRoot, createSignal, onCleanup } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { api } from '../api/client.ts';
import { backoff } from '../lib/backoff.ts';
import { may } from './rights.ts';
import { session } from './session.ts';

const [store, setStore] = createStore<{ list: readonly PairingView[] }>({ list: [] });

/** The invitations that go on, and those that ended a short while ago; for those who may decide about them. */
export function pairings(): readonly PairingView[] {
  return store.list;
}

/** The one whose digits are to be compared now: the oldest that asks, so that none is overlooked. */
export function pairingToDecide(): PairingView | undefined {
  return store.list.findLast(({ state }) => state === 'asking');
}

/** Follows the invitations while somebody is signed in who may decide about them. */
export function startPairings(): void {
  createRoot(() => {
    // A memo, so that a session that is only renewed changes nothing.
    const isWanted = createMemo(() => session().kind === 'in' && may('admin'));
    const [attempt, setAttempt] = createSignal(0);
    createEffect(() => {
      if (!isWanted()) return;
      const tries = attempt();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const again = (): void => {
        timer = setTimeout(() => setAttempt(tries + 1), backoff(tries));
      };
      const subscription = api.pairing.watch.subscribe(undefined, {
        onData: (list) => setStore('list', reconcile(list, { key: 'id' })),
        onError: again,
        onComplete: again,
      });
      onCleanup(() => {
        clearTimeout(timer);
        subscription.unsubscribe();
        setStore('list', []);
      });
    });
  });
}
