import './number-field.css';
import { createUniqueId, Show, type JSX } from 'solid-js';

export interface NumberFieldProps {
  readonly label: string;
  /** One line that says what the number is for. */
  readonly hint?: JSX.Element;
  /** As it is written; the owner of the field decides what counts as a number. */
  readonly value: string;
  /** Behind the number: GB, hours. */
  readonly unit?: string;
  /** What an empty field means. */
  readonly placeholder?: string;
  readonly whole?: boolean;
  readonly error?: string | null;
  /** Why it cannot be changed now; it can still be read. */
  readonly disabledReason?: string | null;
  /** A short word about the last change, such as Saved, or what can be done about it. */
  readonly note?: JSX.Element;
  readonly onInput: (value: string) => void;
  /** What stands in the field is meant: Enter was pressed, or the field was left. */
  readonly onCommit?: () => void;
  /** Escape was pressed: what stood there before is wanted back. */
  readonly onRevert?: () => void;
}

/** A labelled number in a line of its own: what it is on the left, the number and its unit on the right. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const id = createUniqueId();
  const described = (): string | undefined =>
    [props.unit && `${id}-unit`, props.error && `${id}-error`, props.hint && `${id}-hint`]
      .filter(Boolean)
      .join(' ') || undefined;
  const hearKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') props.onCommit?.();
    if (event.key === 'Escape' && props.onRevert !== undefined) {
      event.stopPropagation();
      props.onRevert();
    }
  };
  return (
    <div class="number-field">
      <label for={id}>{props.label}</label>
      <div class="number-field-entry">
        <input
          id={id}
          type="text"
          inputmode={props.whole ? 'numeric' : 'decimal'}
          autocomplete="off"
          value={props.value}
          placeholder={props.placeholder}
          readonly={Boolean(props.disabledReason)}
          title={props.disabledReason ?? undefined}
          aria-describedby={described()}
          aria-invalid={props.error ? 'true' : undefined}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onBlur={() => props.onCommit?.()}
          onKeyDown={hearKey}
        />
        <Show when={props.unit}>
          <span id={`${id}-unit`} class="number-field-unit" hidden={props.value === ''}>
            {props.unit}
          </span>
        </Show>
      </div>
      <Show when={props.error}>
        <p id={`${id}-error`} class="number-field-error">
          {props.error}
        </p>
      </Show>
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="number-field-hint">
          {props.hint}
        </p>
      </Show>
      <Show when={props.note}>
        <div class="number-field-note">{props.note}</div>
      </Show>
    </div>
  );
}
