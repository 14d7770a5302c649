import './password-field.css';
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, createUniqueId, Show, type JSX } from 'solid-js';
import { IconButton } from '../icon-button/icon-button.tsx';

export interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Tells password managers whether to fill in a password or to offer a new one; a `secret` is none of theirs. */
  readonly purpose: 'current' | 'new' | 'secret';
  /** One line beneath: for a new password, how strong it is. */
  readonly hint?: string;
  readonly error?: string | null;
  readonly autofocus?: boolean;
}

const autocompletes = { current: 'current-password', new: 'new-password', secret: 'off' } as const;

/** A field for a password that can be looked at while it is typed. */
export function PasswordField(props: PasswordFieldProps): JSX.Element {
  const id = createUniqueId();
  const [isShown, setShown] = createSignal(false);
  const described = (): string | undefined =>
    [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div class="text-field password-field">
      <label for={id}>{props.label}</label>
      <div class="password-field-frame">
        <input
          id={id}
          type={isShown() ? 'text' : 'password'}
          autocomplete={autocompletes[props.purpose]}
          autocapitalize="none"
          spellcheck={false}
          autofocus={props.autofocus}
          value={props.value}
          aria-describedby={described()}
          aria-invalid={props.error ? 'true' : undefined}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
        <IconButton
          label={`${isShown() ? 'Hide' : 'Show'} the ${props.purpose === 'secret' ? 'text' : 'password'}`}
          onPress={() => setShown(!isShown())}
        >
          <Show when={isShown()} fallback={<Eye />}>
            <EyeOff />
          </Show>
        </IconButton>
      </div>
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="text-field-hint" aria-live="polite">
          {props.hint}
        </p>
      </Show>
      <Show when={props.error}>
        <p id={`${id}-error`} class="text-field-error" role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  );
}
