import { createSignal, Show, type JSX } from 'solid-js';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { signOut, signOutEverywhere } from '../../state/leave.ts';

export interface SignOutSheetProps {
  /** All sessions of the account, or this one alone. */
  readonly everywhere: boolean;
  readonly onClose: () => void;
}

/** Asks before signing out, and says what stays in this browser. */
export default function SignOutSheet(props: SignOutSheetProps): JSX.Element {
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const leave = async (): Promise<void> => {
    try {
      await (props.everywhere ? signOutEverywhere() : signOut());
    } catch (error) {
      setFailure(toFailure(error, 'You are signed in still.'));
    }
  };
  const words = (): string =>
    props.everywhere
      ? 'Every browser and app that is signed in with this account is signed out, this one included. API keys and programs that were let in go on.'
      : 'This browser is signed out. Others that use your account go on.';
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={props.everywhere ? 'Sign out everywhere?' : `Sign out of ${macName()}?`}
      description={`${words()} Conversations in this browser stay in it.`}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            kind={props.everywhere ? 'danger' : 'primary'}
            disabledReason={awayReason()}
            onPress={() => void leave()}
          >
            {props.everywhere ? 'Sign out everywhere' : 'Sign out'}
          </Button>
        </>
      }
    >
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
    </Sheet>
  );
}
