import './account.css';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Facts, type Fact } from '../../components/facts/facts.tsx';
import { useNow } from '../../lib/clock.ts';
import { awayReason } from '../../state/actions.ts';
import { endWords } from '../../state/device-words.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { may } from '../../state/rights.ts';
import { session } from '../../state/session.ts';
import { Passkeys } from './passkeys.tsx';
import { SessionList } from './session-list.tsx';

const PasswordSheet = lazy(() => import('./password-sheet.tsx'));
const SignOutSheet = lazy(() => import('./sign-out-sheet.tsx'));
const Users = lazy(() => import('./users.tsx'));

/** Who is signed in here, with what they can change about it. */
export function Account(): JSX.Element {
  const now = useNow();
  const [asking, setAsking] = createSignal<'password' | 'here' | 'everywhere' | null>(null);
  const current = () => {
    const present = session();
    return present.kind === 'in' ? present.current : null;
  };
  /** A guest's device, and one that may do less than its account, changes nothing about the account. */
  const isWhole = (): boolean => current()?.wholeAccount ?? false;
  const facts = (): Fact[] => {
    const present = current();
    if (present === null) return [];
    const end = endWords(present.device?.expiresAt ?? null, now());
    return [
      {
        term: 'Name',
        value:
          present.user === null
            ? '–'
            : present.user.owner
              ? `${present.user.name}, the owner`
              : present.user.name,
      },
      { term: 'This device', value: present.device?.name ?? present.name },
      { term: 'May', value: scopesLine(present.scopes) },
      ...(end === null ? [] : [{ term: 'Access', value: end }]),
    ];
  };
  return (
    <>
      <section class="settings-card" aria-labelledby="account">
        <h2 id="account">Account</h2>
        <Show when={current()} fallback={<p class="settings-hint">Nothing is known of it yet.</p>}>
          <Facts facts={facts()} />
          <Show when={!isWhole()}>
            <p class="settings-hint">
              This device may do less than the account. Its password, passkeys and other sessions are changed
              on a device that may do all of it.
            </p>
          </Show>
          <div class="account-actions">
            <Show when={isWhole()}>
              <Button size="small" disabledReason={awayReason()} onPress={() => setAsking('password')}>
                Change the password…
              </Button>
            </Show>
            <Button size="small" disabledReason={awayReason()} onPress={() => setAsking('here')}>
              Sign out…
            </Button>
            <Show when={isWhole()}>
              <Button
                size="small"
                kind="danger"
                disabledReason={awayReason()}
                onPress={() => setAsking('everywhere')}
              >
                Sign out everywhere…
              </Button>
            </Show>
          </div>
        </Show>
      </section>
      <Show when={isWhole()}>
        <Passkeys />
      </Show>
      <SessionList />
      <Suspense>
        <Show when={may('admin') && current() !== null}>
          <Users />
        </Show>
        <Show when={asking() === 'password'}>
          <PasswordSheet onClose={() => setAsking(null)} />
        </Show>
        <Show when={asking() === 'here'}>
          <SignOutSheet everywhere={false} onClose={() => setAsking(null)} />
        </Show>
        <Show when={asking() === 'everywhere'}>
          <SignOutSheet everywhere onClose={() => setAsking(null)} />
        </Show>
      </Suspense>
    </>
  );
}
