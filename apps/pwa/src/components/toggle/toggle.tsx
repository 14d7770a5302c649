import './toggle.css';
import { createUniqueId, Show, type JSX } from 'solid-js';
import { showToast } from '../../state/toasts.ts';

export interface ToggleProps {
  readonly label: string;
  /** One line that says what it does. */
  readonly hint?: JSX.Element;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Why it cannot be changed now; it stays reachable, so that the reason can be read. */
  readonly disabledReason?: string | null;
  /** A short word about the last change, such as Saved. */
  readonly note?: JSX.Element;
}

/** A setting that is on or off, and holds at once. */
export function Toggle(props: ToggleProps): JSX.Element {
  const id = createUniqueId();
  const press = (): void => {
    if (props.disabledReason) showToast(props.disabledReason);
    else props.onChange(!props.checked);
  };
  return (
    <div class="toggle">
      <label class="toggle-label" for={id}>
        {props.label}
      </label>
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="toggle-hint">
          {props.hint}
        </p>
      </Show>
      <Show when={props.note}>
        <div class="toggle-note">{props.note}</div>
      </Show>
      <button
        id={id}
        type="button"
        role="switch"
        class="toggle-switch"
        aria-checked={props.checked}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        aria-disabled={props.disabledReason ? 'true' : undefined}
        title={props.disabledReason ?? undefined}
        onClick={press}
      />
    </div>
  );
}
