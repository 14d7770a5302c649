import './button.css';
import { Show, splitProps, type JSX } from 'solid-js';
import { showToast } from '../../state/toasts.ts';
import { useTabIndex } from '../tab-stop/tab-stop.ts';

export interface ButtonProps {
  /** `primary` once in a view; `danger` for what takes something away. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'small' | 'normal';
  readonly icon?: JSX.Element;
  readonly onPress?: () => void;
  /** Why it cannot be pressed now; it stays reachable, so that the reason can be read. */
  readonly disabledReason?: string | null;
  readonly label?: string;
  readonly type?: 'button' | 'submit';
  readonly autofocus?: boolean;
  readonly children: JSX.Element;
}

/** A button that says why when it cannot be pressed. */
export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, [
    'kind',
    'size',
    'icon',
    'onPress',
    'disabledReason',
    'label',
    'children',
    'type',
  ]);
  const tabIndex = useTabIndex();
  const press = (event: MouseEvent): void => {
    if (own.disabledReason) {
      event.preventDefault();
      showToast(own.disabledReason);
      return;
    }
    own.onPress?.();
  };
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class="button"
      tabindex={tabIndex()}
      data-kind={own.kind ?? 'plain'}
      data-size={own.size ?? 'normal'}
      aria-label={own.label}
      aria-disabled={own.disabledReason ? 'true' : undefined}
      title={own.disabledReason ?? undefined}
      onClick={press}
    >
      <Show when={own.icon}>{own.icon}</Show>
      <span>{own.children}</span>
    </button>
  );
}
