import type { Scope } from '@impetus/contracts/scope-list';
import type { OneTimePassword } from '@impetus/contracts/users';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { ScopeChoice } from '../access/scope-choice.tsx';

export interface CreateUserSheetProps {
  readonly onClose: () => void;
  readonly onCreated: (password: OneTimePassword) => void;
}

/** Makes an account for somebody else; the answer is a password for one sign-in. */
export default function CreateUserSheet(props: CreateUserSheetProps): JSX.Element {
  const [name, setName] = createSignal('');
  const [scopes, setScopes] = createSignal<readonly Scope[]>(['infer']);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const reason = (): string | null => {
    if (name().trim() === '') return 'Enter a name first.';
    return scopes().length === 0 ? 'Allow at least one thing.' : awayReason();
  };
  const create = async (): Promise<void> => {
    try {
      props.onCreated(await api.users.create.mutate({ name: name().trim(), scopes: [...scopes()] }));
    } catch (error) {
      setFailure(toFailure(error, 'The account was not made.'));
    }
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Add a person"
      description="They get a password for one sign-in, and choose their own with it."
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="primary" disabledReason={reason()} onPress={() => void create()}>
            Make the account
          </Button>
        </>
      }
    >
      <TextField label="Name" autocomplete="off" value={name()} onInput={setName} autofocus />
      <ScopeChoice scopes={scopes()} onChange={setScopes} />
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
    </Sheet>
  );
}
