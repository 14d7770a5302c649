import './choice-field.css';
import { createUniqueId, Show, type JSX } from 'solid-js';

export interface ChoiceFieldProps {
  readonly label: string;
  /** One line that says what is chosen. */
  readonly hint: JSX.Element;
  readonly error?: string | null;
  /** The control, which carries the same label for those who hear it, and the id of what describes it. */
  readonly children: (describedBy: string) => JSX.Element;
}

/** A choice with its name and what it means, set like the other fields. */
export function ChoiceField(props: ChoiceFieldProps): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="choice-field">
      <p aria-hidden="true">{props.label}</p>
      <Show when={props.hint}>
        <p id={id} class="choice-field-hint">
          {props.hint}
        </p>
      </Show>
      <div class="choice-field-control">{props.children(id)}</div>
      <Show when={props.error}>
        <p class="choice-field-error" role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  );
}
