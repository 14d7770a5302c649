import './text-field.css';
import { createUniqueId, Show, type JSX } from 'solid-js';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** One line that says what the field is for. */
  readonly hint?: string;
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly multiline?: boolean;
  readonly inputMode?: 'decimal' | 'numeric' | 'text';
  readonly autofocus?: boolean;
  /** What password managers and the like may fill in. */
  readonly autocomplete?: string;
  /** Set in the type of codes and ids; such text is not corrected by keyboards either. */
  readonly mono?: boolean;
}

/** A labelled field for text or a number. */
export function TextField(props: TextFieldProps): JSX.Element {
  const id = createUniqueId();
  const described = (): string | undefined =>
    [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const common = () => ({
    id,
    value: props.value,
    placeholder: props.placeholder,
    autofocus: props.autofocus,
    'aria-describedby': described(),
    'aria-invalid': props.error ? ('true' as const) : undefined,
  });
  return (
    <div class="text-field">
      <label for={id}>{props.label}</label>
      <Show
        when={props.multiline}
        fallback={
          <input
            {...common()}
            type="text"
            classList={{ mono: props.mono ?? false }}
            autocomplete={props.autocomplete}
            autocapitalize={props.mono ? 'none' : undefined}
            spellcheck={props.mono ? false : undefined}
            inputmode={props.inputMode ?? 'text'}
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
        }
      >
        <textarea {...common()} rows="4" onInput={(event) => props.onInput(event.currentTarget.value)} />
      </Show>
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="text-field-hint">
          {props.hint}
        </p>
      </Show>
      <Show when={props.error}>
        <p id={`${id}-error`} class="text-field-error">
          {props.error}
        </p>
      </Show>
    </div>
  );
}
