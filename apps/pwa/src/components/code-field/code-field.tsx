import './code-field.css';
import { createUniqueId, Show, type JSX } from 'solid-js';
import { digitsOf, groupDigits } from '../../lib/digits.ts';

export interface CodeFieldProps {
  readonly label: string;
  readonly hint?: JSX.Element;
  readonly error?: string | null;
  /** How many digits the code has, and how many stand together. */
  readonly length: number;
  readonly group: number;
  /** Digits alone, without what parts them. */
  readonly value: string;
  readonly onInput: (digits: string) => void;
  /** All digits are there. */
  readonly onComplete?: (digits: string) => void;
  readonly autofocus?: boolean;
}

/** A code of digits to be typed or pasted; one field, so that pasting and screen readers have no trouble. */
export function CodeField(props: CodeFieldProps): JSX.Element {
  const id = createUniqueId();
  const described = (): string | undefined =>
    [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const enter = (input: HTMLInputElement): void => {
    const digits = digitsOf(input.value, props.length);
    const isNew = digits !== props.value;
    props.onInput(digits);
    // Also where nothing changed: a letter that was typed has to go.
    input.value = groupDigits(digits, props.group);
    if (isNew && digits.length === props.length) props.onComplete?.(digits);
  };
  return (
    <div class="code-field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        autofocus={props.autofocus}
        spellcheck={false}
        size={props.length + 2}
        placeholder={groupDigits('0'.repeat(props.length), props.group)}
        value={groupDigits(props.value, props.group)}
        aria-describedby={described()}
        aria-invalid={props.error ? 'true' : undefined}
        onInput={(event) => enter(event.currentTarget)}
      />
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="code-field-hint">
          {props.hint}
        </p>
      </Show>
      <Show when={props.error}>
        <p id={`${id}-error`} class="code-field-error" role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  );
}
