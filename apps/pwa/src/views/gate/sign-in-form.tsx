import { minPasswordLength } from '@impetus/contracts/password-rules';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { toFailure, type Failure } from '../../api/failure.ts';
import { httpApi } from '../../api/http-client.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { PasswordField } from '../../components/password-field/password-field.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { passwordStrength } from '../../lib/password-strength.ts';
import { useWait } from '../../lib/wait.ts';
import { noteSignedIn, rememberedDevice } from '../../state/session.ts';
import { thisDeviceKind, thisDeviceName } from '../../state/this-device.ts';

const PasskeyButton = lazy(() => import('./passkey-button.tsx'));

/** Name and password, or a passkey; what was wrong, and how long to wait after too many tries. */
export function SignInForm(props: { readonly onDone: () => void }): JSX.Element {
  const [name, setName] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [newPassword, setNewPassword] = createSignal('');
  const [mustChange, setMustChange] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const wait = useWait();

  const refuse = (error: unknown): void => {
    const found = toFailure(error, 'You were not signed in.');
    setFailure(found);
    wait.begin(found.retryAfterSeconds ?? null);
    // A one-time password was right; its owner chooses the next one now.
    if (found.param === 'newPassword') setMustChange(true);
  };
  const signIn = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const deviceId = rememberedDevice();
      const current = await httpApi.session.signIn.mutate({
        name: name(),
        password: password(),
        deviceName: thisDeviceName(),
        deviceKind: thisDeviceKind(),
        ...(deviceId !== undefined && { deviceId }),
        ...(mustChange() && { newPassword: newPassword() }),
      });
      noteSignedIn(current);
      props.onDone();
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };
  const reason = (): string | null => {
    if (isBusy()) return 'Signing in.';
    if (wait.seconds() > 0) return `Too many tries. Wait ${wait.seconds()} s.`;
    return name().trim() === '' || password() === '' ? 'Enter your name and your password.' : null;
  };

  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason() === null) void signIn();
      }}
    >
      <TextField label="Name" value={name()} onInput={setName} autocomplete="username webauthn" autofocus />
      <PasswordField label="Password" purpose="current" value={password()} onInput={setPassword} />
      <Show when={mustChange()}>
        <PasswordField
          label="New password"
          purpose="new"
          value={newPassword()}
          onInput={setNewPassword}
          hint={passwordStrength(newPassword(), name(), minPasswordLength).words}
        />
      </Show>
      <Show when={failure()}>
        {(shown) => (
          <div role="alert">
            <ErrorPanel failure={shown()} />
          </div>
        )}
      </Show>
      <div class="gate-actions">
        <Button kind="primary" type="submit" disabledReason={reason()}>
          {wait.seconds() > 0 ? `Try again in ${wait.seconds()} s` : 'Sign in'}
        </Button>
      </div>
      <Suspense>
        <PasskeyButton onDone={props.onDone} />
      </Suspense>
    </form>
  );
}
