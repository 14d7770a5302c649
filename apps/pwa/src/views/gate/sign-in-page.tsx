import type { JSX } from 'solid-js';
import { usePageTitle } from '../../state/page-title.ts';
import { nameBeforeSignIn } from '../../state/session.ts';
import { isInstalledApp } from '../../state/this-device.ts';
import { Gate } from './gate.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Stands in for every page while nobody is signed in; the address stays, and its page follows. */
export default function SignInPage(): JSX.Element {
  usePageTitle('Sign in');
  const mac = (): string => nameBeforeSignIn() ?? 'your Mac';
  return (
    <Gate
      title={`Sign in to ${mac()}`}
      intro={
        isInstalledApp()
          ? undefined
          : 'With the account that was made on the Mac, or that its owner gave you.'
      }
    >
      <SignInForm onDone={() => undefined} />
      <SignInNotes />
    </Gate>
  );
}

/** What else leads in, and what to do about a forgotten password. */
export function SignInNotes(): JSX.Element {
  return (
    <>
      <p class="gate-note">
        Let in by somebody who showed you a code?{' '}
        <a class="gate-link" href="/join">
          Join with eight digits
        </a>
      </p>
      <p class="gate-note">
        Forgot the password? On the Mac, run <code>impetus owner reset-password</code>. Other accounts get a
        new one from the owner.
      </p>
    </>
  );
}
