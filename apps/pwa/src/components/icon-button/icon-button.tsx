import './icon-button.css';
import type { JSX } from 'solid-js';
import { showToast } from '../../state/toasts.ts';
import { useTabIndex } from '../tab-stop/tab-stop.ts';

export interface IconButtonProps {
  /** What it does, for those who do not see the icon. */
  readonly label: string;
  readonly kind?: 'quiet' | 'primary' | 'plain';
  readonly size?: 'small' | 'normal';
  readonly onPress: () => void;
  readonly disabledReason?: string | null;
  /** What appears over the page when it is pressed. */
  readonly opens?: 'menu' | 'dialog';
  readonly children: JSX.Element;
}

/** A button that is an icon; its label is read aloud and shown on hover. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const tabIndex = useTabIndex();
  const press = (): void => {
    if (props.disabledReason) showToast(props.disabledReason);
    else props.onPress();
  };
  return (
    <button
      type="button"
      class="icon-button"
      tabindex={tabIndex()}
      data-kind={props.kind ?? 'quiet'}
      data-size={props.size ?? 'normal'}
      aria-label={props.label}
      aria-disabled={props.disabledReason ? 'true' : undefined}
      aria-haspopup={props.opens}
      aria-expanded={props.opens === 'menu' ? 'false' : undefined}
      title={props.disabledReason ? `${props.label}: ${props.disabledReason}` : props.label}
      onClick={press}
    >
      {props.children}
    </button>
  );
}
