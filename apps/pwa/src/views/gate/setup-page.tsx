import { minPasswordLength } from '@impetus/contracts/password-rules';
import { useNavigate } from '@solidjs/router';
import { createEffect, createSignal, Match, on, Show, Switch, type JSX } from 'solid-js';
import { toFailure, type Failure } from '../../api/failure.ts';
import { httpApi } from '../../api/http-client.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { PasswordField } from '../../components/password-field/password-field.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { passwordStrength } from '../../lib/password-strength.ts';
import { useWait } from '../../lib/wait.ts';
import { arrivedWith, forgetArrival } from '../../state/arrival.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { nameBeforeSignIn, noteSignedIn, session } from '../../state/session.ts';
import { isOnTheMac, thisDeviceKind, thisDeviceName } from '../../state/this-device.ts';
import { Gate } from './gate.tsx';

/** The owner's account is made here, by whoever has the code that the terminal printed. */
export default function SetupPage(): JSX.Element {
  usePageTitle('Set-up');
  // What the page became while it is open: finishing signs this browser in.
  const [isDone, setDone] = createSignal(false);
  return (
    <Switch fallback={<SetupForm onDone={() => setDone(true)} />}>
      <Match when={isDone()}>
        <Done />
      </Match>
      <Match when={session().kind === 'out' || session().kind === 'in'}>
        <AlreadyDone />
      </Match>
    </Switch>
  );
}

function macWords(): string {
  return nameBeforeSignIn() ?? 'this Mac';
}

function SetupForm(props: { readonly onDone: () => void }): JSX.Element {
  const [code, setCode] = createSignal(arrivedWith() ?? '');
  const [name, setName] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const wait = useWait();
  // A link that is opened while the page is open already.
  createEffect(on(arrivedWith, (arrived) => arrived !== null && setCode(arrived), { defer: true }));

  const strength = () => passwordStrength(password(), name(), minPasswordLength);
  const reason = (): string | null => {
    if (isBusy()) return 'The account is being made.';
    if (wait.seconds() > 0) return `Too many tries. Wait ${wait.seconds()} s.`;
    if (code().trim() === '') return 'Enter the set-up code.';
    if (name().trim() === '') return 'Enter your name.';
    return [...password()].length < minPasswordLength
      ? `Choose a password of at least ${minPasswordLength} characters.`
      : null;
  };
  const finish = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const current = await httpApi.setup.finish.mutate({
        code: code(),
        name: name(),
        password: password(),
        deviceName: thisDeviceName(),
        deviceKind: thisDeviceKind(),
      });
      forgetArrival();
      props.onDone();
      noteSignedIn(current);
    } catch (error) {
      const found = toFailure(error, 'The account was not made.');
      setFailure(found);
      wait.begin(found.retryAfterSeconds ?? null);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Gate
      title={`Set up ${macWords()}`}
      intro={
        isOnTheMac()
          ? 'Make the owner’s account. The owner may do everything on this Mac, and decides which other devices come in.'
          : `Make the owner’s account of ${macWords()} from here. The owner may do everything on it, and decides which other devices come in.`
      }
    >
      <form
        class="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason() === null) void finish();
        }}
      >
        <TextField
          label="Set-up code"
          mono
          autocomplete="off"
          value={code()}
          onInput={setCode}
          hint={
            arrivedWith() === null
              ? 'The terminal in which IMPETUS was started shows it, with a link that fills it in.'
              : 'It came with the link.'
          }
          autofocus={arrivedWith() === null}
        />
        <Show when={arrivedWith() === null}>
          <p class="gate-note">
            No terminal in sight? On the Mac, <code>impetus owner create</code> makes the account without a
            code.
          </p>
        </Show>
        <TextField
          label="Your name"
          autocomplete="username"
          value={name()}
          onInput={setName}
          autofocus={arrivedWith() !== null}
        />
        <PasswordField
          label="Password"
          purpose="new"
          value={password()}
          onInput={setPassword}
          hint={strength().words}
        />
        <Show when={failure()}>
          {(shown) => (
            <div role="alert">
              <ErrorPanel failure={shown()} />
            </div>
          )}
        </Show>
        <div class="gate-actions">
          <Button kind="primary" type="submit" disabledReason={reason()}>
            {wait.seconds() > 0 ? `Try again in ${wait.seconds()} s` : 'Make the account'}
          </Button>
        </div>
      </form>
      <section>
        <h2 class="gate-heading">What happens next</h2>
        <ul class="gate-next">
          <li>This browser is signed in and is the first device of yours.</li>
          <li>The code and its link stop working.</li>
          <li>Phones and other computers are let in from Devices, with a QR code each.</li>
        </ul>
      </section>
    </Gate>
  );
}

function Done(): JSX.Element {
  const navigate = useNavigate();
  return (
    <Gate
      title={`${macWords()} is set up`}
      intro="Your account is made and this browser is signed in. The set-up code is no longer good."
    >
      <div class="gate-actions">
        <Button onPress={() => navigate('/', { replace: true })}>Go to Chat</Button>
        <Button kind="primary" onPress={() => navigate('/devices/add', { replace: true })}>
          Add a device
        </Button>
      </div>
    </Gate>
  );
}

function AlreadyDone(): JSX.Element {
  const navigate = useNavigate();
  return (
    <Gate
      title={`${macWords()} is set up already`}
      intro="Its owner’s account was made, and the set-up code is no longer good. If that was not you, find out who had the code: the audit log on the Mac says from which address it was used."
    >
      <div class="gate-actions">
        <Button kind="primary" onPress={() => navigate('/', { replace: true })}>
          {session().kind === 'in' ? 'Go to Chat' : 'Sign in'}
        </Button>
      </div>
    </Gate>
  );
}
