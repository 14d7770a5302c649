import './toaster.css';
import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { IconButton } from '../icon-button/icon-button.tsx';
import type { Toast } from '../../state/toasts.ts';

/** Long enough to read it and to reach its button. */
const shownMs = 7_000;

export interface ToasterProps {
  readonly toasts: readonly Toast[];
  readonly onDismiss: (id: number) => void;
}

/** The place where toasts come and go; pointing at one keeps it. */
export function Toaster(props: ToasterProps): JSX.Element {
  return (
    <div class="toaster" aria-label="Messages" role="status" data-kb-top-layer="">
      <For each={props.toasts}>
        {(toast) => <ToastView toast={toast} onDismiss={() => props.onDismiss(toast.id)} />}
      </For>
    </div>
  );
}

function ToastView(props: { readonly toast: Toast; readonly onDismiss: () => void }): JSX.Element {
  const [held, setHeld] = createSignal(false);
  /** Where the keyboard came from, and goes back to. */
  let from: EventTarget | null = null;
  const enter = (event: FocusEvent & { readonly currentTarget: HTMLElement }): void => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) from = event.relatedTarget;
    setHeld(true);
  };
  const dismiss = (): void => {
    props.onDismiss();
    const place = from instanceof HTMLElement && from.isConnected ? from : document.getElementById('main');
    place?.focus({ preventScroll: true });
  };
  createEffect(() => {
    if (held() || props.toast.action?.stays) return;
    const timer = setTimeout(() => props.onDismiss(), shownMs);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <div
      class="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={enter}
      onFocusOut={() => setHeld(false)}
    >
      <p class="toast-text">{props.toast.text}</p>
      <Show when={props.toast.action}>
        {(action) => (
          <button
            type="button"
            class="toast-action"
            onClick={() => {
              action().run();
              dismiss();
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <IconButton label="Dismiss" size="small" onPress={dismiss}>
        <X />
      </IconButton>
    </div>
  );
}
