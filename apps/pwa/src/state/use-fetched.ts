import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { isConnectionLoss, toFailure, type Failure } from '../api/failure.ts';
import { isConnected } from './connection.ts';
import { onIdentityChange, type IdentityList } from './identity-changes.ts';

/** Something that a screen asked the Mac for. */
export interface Fetched<T> {
  /** Undefined until it came. */
  readonly value: Accessor<T | undefined>;
  readonly failure: Accessor<Failure | null>;
  reload(): Promise<void>;
}

export interface FetchOptions {
  /** What did not happen when it fails: “The devices could not be listed.” */
  readonly what: string;
  /** The lists whose changes make it be asked for again. */
  readonly follows?: readonly IdentityList[];
}

/** Asks the Mac when it is there, again when it is back, and whenever one of the lists changes. */
export function useFetched<T>(fetch: () => Promise<T>, { what, follows = [] }: FetchOptions): Fetched<T> {
  const [store, setStore] = createStore<{ value: T | undefined }>({ value: undefined });
  const [failure, setFailure] = createSignal<Failure | null>(null);
  let asked = 0;
  const reload = async (): Promise<void> => {
    asked += 1;
    const turn = asked;
    try {
      const value = await fetch();
      // A later answer may have come first.
      if (turn !== asked) return;
      setStore('value', reconcile(value, { key: 'id' }));
      setFailure(null);
    } catch (error) {
      // The link comes back by itself, and this with it.
      if (turn === asked && !isConnectionLoss(error)) setFailure(toFailure(error, what));
    }
  };
  createEffect(on(isConnected, (connected) => connected && void reload()));
  onCleanup(onIdentityChange((changed) => follows.includes(changed) && void reload()));
  return { value: () => store.value, failure, reload };
}
