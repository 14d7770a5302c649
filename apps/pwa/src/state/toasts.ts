import { createSignal } from 'solid-js';

/** A short message at the edge, for what was done elsewhere or can be undone. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: ToastAction;
}

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
  /** It waits for its reader instead of going by itself. */
  readonly stays?: boolean;
}

const [list, setList] = createSignal<readonly Toast[]>([]);
let lastId = 0;

export const toasts = list;

export function showToast(text: string, action?: ToastAction): void {
  lastId += 1;
  const toast: Toast = action === undefined ? { id: lastId, text } : { id: lastId, text, action };
  // More than two at once would hide what they speak of.
  setList((present) => [...present.slice(-1), toast]);
}

export function dismissToast(id: number): void {
  setList((present) => present.filter((toast) => toast.id !== id));
}
