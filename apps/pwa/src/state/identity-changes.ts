import type { StateEvent } from '@impetus/contracts/state';

/** The lists of which screens hear only that they have changed. */
export type IdentityList = Extract<StateEvent, { type: 'identity' }>['changed'];

const listeners = new Set<(changed: IdentityList) => void>();

/** Hears which list has changed; answers how to stop. */
export function onIdentityChange(listener: (changed: IdentityList) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function noteIdentityChange(changed: IdentityList): void {
  for (const listener of listeners) listener(changed);
}
