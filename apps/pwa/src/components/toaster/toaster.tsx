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
      onFocusIn={() => setHeld(true)}
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
              props.onDismiss();
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <IconButton label="Dismiss" size="small" onPress={() => props.onDismiss()}>
        <X />
      </IconButton>
    </div>
  );
}
