import { createSignal, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { CodeField } from '../../components/code-field/code-field.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { useWait } from '../../lib/wait.ts';
import { nameBeforeSignIn } from '../../state/session.ts';
import { isInstalledApp, thisPlatform } from '../../state/this-device.ts';
import { Gate } from '../gate/gate.tsx';
import TrustCheck from './trust-check.tsx';
import type { Joining } from './use-join.ts';

const codeLength = 8;

/** Before the code was shown: whether this device trusts the Mac, and the code from the link or typed in. */
export function JoinStart(props: { readonly join: Joining }): JSX.Element {
  const mac = (): string => nameBeforeSignIn() ?? 'the Mac';
  const [typesAnyway, setTypesAnyway] = createSignal(false);
  const hasLink = (): boolean => props.join.linkCode() !== null && !typesAnyway();
  return (
    <Gate
      title={`Join ${mac()}`}
      intro={
        hasLink()
          ? 'You were invited with a link. Before you use it, look whether this device is ready.'
          : 'Somebody who manages the Mac presses “Add a device” and reads eight digits to you.'
      }
    >
      <TrustCheck mac={mac()} />
      <Show when={hasLink()} fallback={<TypeCode join={props.join} />}>
        <UseLink join={props.join} onType={() => setTypesAnyway(true)} />
      </Show>
      <Show when={props.join.linkCode() === null || typesAnyway()}>
        <p class="gate-note">
          Have an account and a password?{' '}
          <a class="gate-link" href="/">
            Sign in
          </a>
        </p>
      </Show>
    </Gate>
  );
}

function UseLink(props: { readonly join: Joining; readonly onType: () => void }): JSX.Element {
  const join = (): void => {
    const code = props.join.linkCode();
    if (code !== null) void props.join.join(code);
  };
  const isSafari = (): boolean => thisPlatform() === 'apple-touch' && !isInstalledApp();
  return (
    <div class="gate-form">
      <Show when={isSafari()}>
        <p class="join-hint">
          On an iPhone or iPad, join inside the app on the Home Screen: it shares nothing with Safari. Add
          this page to the Home Screen with Share, open it there, and type the eight digits.
        </p>
      </Show>
      <Show when={props.join.failure()}>
        {(failure) => (
          <div role="alert">
            <ErrorPanel failure={failure()} />
          </div>
        )}
      </Show>
      <div class="gate-actions">
        <Button onPress={props.onType}>Type digits instead</Button>
        <Button
          kind={isSafari() ? 'plain' : 'primary'}
          disabledReason={props.join.isBusy() ? 'Joining.' : null}
          onPress={join}
        >
          {isSafari() ? 'Join in Safari anyway' : 'Join now'}
        </Button>
      </div>
    </div>
  );
}

function TypeCode(props: { readonly join: Joining }): JSX.Element {
  const [digits, setDigits] = createSignal('');
  const wait = useWait();
  const join = async (): Promise<void> => {
    await props.join.join(digits());
    wait.begin(props.join.failure()?.retryAfterSeconds ?? null);
  };
  const reason = (): string | null => {
    if (props.join.isBusy()) return 'Joining.';
    if (wait.seconds() > 0) return `Too many tries. Wait ${wait.seconds()} s.`;
    return digits().length < codeLength ? 'Type all eight digits.' : null;
  };
  const failure = (): string | null => {
    const found = props.join.failure();
    return found === null ? null : [found.what, found.why, found.remedy].filter(Boolean).join(' ');
  };
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason() === null) void join();
      }}
    >
      <CodeField
        label="Eight digits"
        length={codeLength}
        group={4}
        value={digits()}
        onInput={setDigits}
        error={failure()}
        hint="They hold for two minutes."
        autofocus
      />
      <div class="gate-actions">
        <Button kind="primary" type="submit" disabledReason={reason()}>
          {wait.seconds() > 0 ? `Try again in ${wait.seconds()} s` : 'Join'}
        </Button>
      </div>
    </form>
  );
}
