import type { OneTimePassword, UserInfo } from '@impetus/contracts/users';
import { createSignal, For, lazy, Show, Suspense, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { Badge } from '../../components/badge/badge.tsx';
import { Button } from '../../components/button/button.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatAge } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { useFetched } from '../../state/use-fetched.ts';
import { NotYet } from '../access/not-yet.tsx';

const UserSheet = lazy(() => import('./user-sheet.tsx'));
const CreateUserSheet = lazy(() => import('./create-user-sheet.tsx'));
const OneTimePasswordSheet = lazy(() => import('./one-time-password-sheet.tsx'));

/** The accounts of this Mac; for whoever manages it. */
export default function Users(): JSX.Element {
  const [isCreating, setCreating] = createSignal(false);
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [given, setGiven] = createSignal<OneTimePassword | null>(null);
  const users = useFetched<readonly UserInfo[]>(() => api.users.list.query(), {
    what: 'The accounts could not be listed.',
    follows: ['users'],
  });
  const give = (password: OneTimePassword): void => {
    setCreating(false);
    setChosen(null);
    setGiven(password);
  };
  const chosenUser = (): UserInfo | undefined => users.value()?.find(({ id }) => id === chosen());
  return (
    <section class="settings-card" aria-labelledby="account-users">
      <div class="settings-action">
        <h2 id="account-users">Accounts</h2>
        <Button size="small" disabledReason={awayReason()} onPress={() => setCreating(true)}>
          Add a person…
        </Button>
      </div>
      <p class="settings-hint">
        For people who use more than one device. A single device needs no account: add it under Devices.
      </p>
      <Show when={users.value()} fallback={<NotYet fetched={users} what="The accounts" rows={1} />}>
        {(list) => (
          <ul class="account-list">
            <For each={list()}>{(user) => <User user={user} onChoose={() => setChosen(user.id)} />}</For>
          </ul>
        )}
      </Show>
      <Suspense>
        <Show when={isCreating()}>
          <CreateUserSheet onClose={() => setCreating(false)} onCreated={give} />
        </Show>
        <Show when={chosenUser()}>
          {(user) => <UserSheet user={user()} onClose={() => setChosen(null)} onGiven={give} />}
        </Show>
        <Show when={given()}>
          {(password) => <OneTimePasswordSheet given={password()} onClose={() => setGiven(null)} />}
        </Show>
      </Suspense>
    </section>
  );
}

function User(props: { readonly user: UserInfo; readonly onChoose: () => void }): JSX.Element {
  const now = useNow();
  const facts = (): string => {
    const { user } = props;
    const seen =
      user.lastSignInAt === null
        ? 'Never signed in'
        : `signed in ${formatAge(Date.parse(user.lastSignInAt), now())}`;
    return `${scopesLine(user.scopes)} · ${user.mustChangePassword ? 'Has a one-time password' : seen}`;
  };
  return (
    <li>
      <span class="account-list-name">
        <span class="truncate">{props.user.name}</span>
        <Show when={props.user.owner}>
          <Badge>Owner</Badge>
        </Show>
      </span>
      <span class="account-list-facts">{facts()}</span>
      <Show when={!props.user.owner}>
        <span class="account-list-action">
          <Button size="small" label={`Change the account of ${props.user.name}`} onPress={props.onChoose}>
            Change…
          </Button>
        </span>
      </Show>
    </li>
  );
}
