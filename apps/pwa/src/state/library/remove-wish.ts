import { createSignal } from 'solid-js';

const [wish, setWish] = createSignal<readonly string[] | null>(null);

/** The models that someone wants off the disk: they are asked about first. */
export const removeWish = wish;

export function wantRemoved(ids: readonly string[]): void {
  setWish(ids);
}

export function forgetRemoveWish(): void {
  setWish(null);
}
