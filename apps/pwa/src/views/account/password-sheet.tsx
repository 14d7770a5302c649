import { minPasswordLength } from '@impetus/contracts/password-rules';
import { createSignal, Show, type JSX } from 'solid-js';
import { toFailure, type Failure } from '../../api/failure.ts';
import { httpApi } from '../../api/http-client.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { PasswordField } from '../../components/password-field/password-field.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { passwordStrength } from '../../lib/password-strength.ts';
import { useWait } from '../../lib/wait.ts';
import { awayReason } from '../../state/actions.ts';
import { session } from '../../state/session.ts';
import { showToast } from '../../state/toasts.ts';

/** Changes the password of whoever is signed in; their other sessions end. */
export default function PasswordSheet(props: { readonly onClose: () => void }): JSX.Element {
  const [present, setPresent] = createSignal('');
  const [next, setNext] = createSignal('');
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const wait = useWait();
  const name = (): string => {
    const view = session();
    return view.kind === 'in' ? (view.current.user?.name ?? '') : '';
  };
  const reason = (): string | null => {
    if (wait.seconds() > 0) return `Too many tries. Wait ${wait.seconds()} s.`;
    if (present() === '') return 'Enter the present password.';
    if ([...next()].length < minPasswordLength)
      return `The new one needs at least ${minPasswordLength} characters.`;
    return awayReason();
  };
  const change = async (): Promise<void> => {
    setFailure(null);
    try {
      await httpApi.session.changePassword.mutate({ current: present(), next: next() });
      props.onClose();
      showToast('The password was changed. Other sessions of yours have ended.');
    } catch (error) {
      const found = toFailure(error, 'The password was not changed.');
      setFailure(found);
      wait.begin(found.retryAfterSeconds ?? null);
    }
  };
  let form!: HTMLFormElement;
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Change the password"
      description="Every other session of yours ends, and signs in anew with the new password."
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="primary" disabledReason={reason()} onPress={() => form.requestSubmit()}>
            Change it
          </Button>
        </>
      }
    >
      <form
        ref={form}
        class="account-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason() === null) void change();
        }}
      >
        {/* So that a password manager knows whose password it is. */}
        <input type="text" autocomplete="username" value={name()} hidden readonly />
        <PasswordField
          label="Present password"
          purpose="current"
          value={present()}
          onInput={setPresent}
          autofocus
        />
        <PasswordField
          label="New password"
          purpose="new"
          value={next()}
          onInput={setNext}
          hint={passwordStrength(next(), name(), minPasswordLength).words}
        />
        <Show when={failure()}>
          {(shown) => (
            <div role="alert">
              <ErrorPanel failure={shown()} />
            </div>
          )}
        </Show>
        <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true" />
      </form>
    </Sheet>
  );
}
