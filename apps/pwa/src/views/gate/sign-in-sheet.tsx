import type { JSX } from 'solid-js';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { macName } from '../../state/agent-state.ts';
import { SignInForm } from './sign-in-form.tsx';
import { SignInNotes } from './sign-in-page.tsx';

/** Asks in place when a session ended while a page was open: what was typed stays beneath it. */
export default function SignInSheet(props: { readonly onClose: () => void }): JSX.Element {
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`Sign in to ${macName()} again`}
      description="The session of this browser has ended: it was too long unused, was signed out elsewhere, or the device was revoked. What is on this page stays where it is."
    >
      <SignInForm onDone={props.onClose} />
      <SignInNotes />
    </Sheet>
  );
}
