import type { Scope } from '@impetus/contracts/scope-list';
import type { OneTimePassword, UserInfo } from '@impetus/contracts/users';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { showToast } from '../../state/toasts.ts';
import { ScopeChoice } from '../access/scope-choice.tsx';

export interface UserSheetProps {
  readonly user: UserInfo;
  readonly onClose: () => void;
  readonly onGiven: (password: OneTimePassword) => void;
}

/** Somebody's account: name, permissions, a new password, its end. */
export default function UserSheet(props: UserSheetProps): JSX.Element {
  const [name, setName] = createSignal(props.user.name);
  const [scopes, setScopes] = createSignal<readonly Scope[]>(props.user.scopes);
  const [isRemoving, setRemoving] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const attempt = async (what: string, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      setFailure(toFailure(error, what));
    }
  };
  const { id } = props.user;
  const save = (): Promise<void> =>
    attempt('The account was not changed.', async () => {
      await api.users.update.mutate({ id, name: name().trim(), scopes: [...scopes()] });
      props.onClose();
    });
  const reset = (): Promise<void> =>
    attempt('The password is the old one still.', async () => {
      props.onGiven(await api.users.resetPassword.mutate({ id }));
    });
  const remove = (): Promise<void> =>
    attempt('The account was not removed.', async () => {
      await api.users.remove.mutate({ id });
      props.onClose();
      showToast(`The account of ${props.user.name} was removed.`);
    });
  const reason = (): string | null => {
    if (name().trim() === '') return 'An account needs a name.';
    return scopes().length === 0 ? 'Allow at least one thing, or remove the account.' : awayReason();
  };
  return (
    <Show
      when={isRemoving()}
      fallback={
        <Sheet
          open
          onClose={props.onClose}
          title={props.user.name}
          actions={
            <>
              <Button onPress={props.onClose}>Cancel</Button>
              <Button kind="primary" disabledReason={reason()} onPress={() => void save()}>
                Save
              </Button>
            </>
          }
        >
          <TextField label="Name" autocomplete="off" value={name()} onInput={setName} />
          <ScopeChoice scopes={scopes()} onChange={setScopes} />
          <div class="account-actions">
            <Button size="small" disabledReason={awayReason()} onPress={() => void reset()}>
              Give a one-time password
            </Button>
            <Button
              size="small"
              kind="danger"
              disabledReason={awayReason()}
              onPress={() => setRemoving(true)}
            >
              Remove the account…
            </Button>
          </div>
          <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
        </Sheet>
      }
    >
      <Sheet
        open
        onClose={props.onClose}
        title={`Remove the account of ${props.user.name}?`}
        description={`The devices, sessions and API keys of ${props.user.name} end at once. This cannot be undone.`}
        actions={
          <>
            <Button onPress={() => setRemoving(false)}>Cancel</Button>
            <Button kind="danger" disabledReason={awayReason()} onPress={() => void remove()}>
              Remove the account
            </Button>
          </>
        }
      >
        <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
      </Sheet>
    </Show>
  );
}
