import { createSignal } from 'solid-js';

const [text, setText] = createSignal('', { equals: false });

/** What screen readers say next, when they are done with what they are saying. */
export const announcement = text;

export function announce(message: string): void {
  setText(message);
}
