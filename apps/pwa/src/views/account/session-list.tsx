import type { SessionInfo } from '@impetus/contracts/session';
import { For, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import { Badge } from '../../components/badge/badge.tsx';
import { Button } from '../../components/button/button.tsx';
import { useNow } from '../../lib/clock.ts';
import { addressWords } from '../../lib/address-words.ts';
import { browserWords } from '../../lib/device-platform.ts';
import { formatAge } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { showToast } from '../../state/toasts.ts';
import { useFetched } from '../../state/use-fetched.ts';
import { NotYet } from '../access/not-yet.tsx';

/** Where this account is signed in, and the end of each. */
export function SessionList(): JSX.Element {
  const sessions = useFetched<readonly SessionInfo[]>(() => api.session.list.query({}), {
    what: 'The sessions could not be listed.',
    follows: ['sessions', 'devices'],
  });
  const end = async ({ id, deviceName }: SessionInfo): Promise<void> => {
    try {
      await api.session.revoke.mutate({ id });
      showToast(`${deviceName} is signed out.`);
    } catch (error) {
      const { what, why } = toFailure(error, 'The session goes on.');
      showToast([what, why].filter(Boolean).join(' '));
    }
  };
  return (
    <section class="settings-card" aria-labelledby="account-sessions">
      <h2 id="account-sessions">Sessions</h2>
      <Show when={sessions.value()} fallback={<NotYet fetched={sessions} what="The sessions" rows={2} />}>
        {(list) => (
          <ul class="account-list">
            <For each={list()}>
              {(session) => <Session session={session} onEnd={() => void end(session)} />}
            </For>
          </ul>
        )}
      </Show>
    </section>
  );
}

function Session(props: { readonly session: SessionInfo; readonly onEnd: () => void }): JSX.Element {
  const now = useNow();
  const facts = (): string =>
    [
      browserWords(props.session.userAgent ?? ''),
      addressWords(props.session.address),
      props.session.current ? null : `used ${formatAge(Date.parse(props.session.lastSeenAt), now())}`,
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <li>
      <span class="account-list-name">
        <span class="truncate">{props.session.deviceName}</span>
        <Show when={props.session.current}>
          <Badge>This one</Badge>
        </Show>
      </span>
      <span class="account-list-facts">{facts()}</span>
      <Show when={!props.session.current}>
        <span class="account-list-action">
          <Button
            size="small"
            label={`End the session of ${props.session.deviceName}`}
            disabledReason={awayReason()}
            onPress={props.onEnd}
          >
            End
          </Button>
        </span>
      </Show>
    </li>
  );
}
