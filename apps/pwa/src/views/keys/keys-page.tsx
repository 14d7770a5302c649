import type { ApiKeyInfo } from '@impetus/contracts/keys';
import type { GrantInfo } from '@impetus/contracts/oauth';
import { useNavigate, useParams } from '@solidjs/router';
import KeyRound from 'lucide-solid/icons/key-round';
import Plus from 'lucide-solid/icons/plus';
import { createSignal, For, lazy, Show, Suspense, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { Badge } from '../../components/badge/badge.tsx';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ListGroup, ListPage } from '../../components/list-page/list-page.tsx';
import { ListRow } from '../../components/list-row/list-row.tsx';
import { TwoPanes } from '../../components/two-panes/two-panes.tsx';
import { useNow } from '../../lib/clock.ts';
import { awayReason } from '../../state/actions.ts';
import { shownAsOf } from '../../state/connection.ts';
import { keyEndWords, keyState, limitsLine, usedWords } from '../../state/key-words.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { useFetched, type Fetched } from '../../state/use-fetched.ts';
import { NeedsScope } from '../access/forbidden.tsx';
import { NotYet } from '../access/not-yet.tsx';
import { Grants } from './grants.tsx';
import { KeyDetail } from './key-detail.tsx';
import { keyPath } from './key-path.ts';

const CreateKeySheet = lazy(() => import('./create-key-sheet.tsx'));

/** The keys of programs; beside the list or over it one of them. */
export default function KeysPage(): JSX.Element {
  usePageTitle('Keys');
  return (
    <NeedsScope scope="admin" what="The list of keys">
      <Keys />
    </NeedsScope>
  );
}

function Keys(): JSX.Element {
  const params = useParams<{ id?: string }>();
  const navigate = useNavigate();
  const [isCreating, setCreating] = createSignal(false);
  const keys = useFetched<readonly ApiKeyInfo[]>(() => api.keys.list.query(), {
    what: 'The keys could not be listed.',
    follows: ['keys'],
  });
  const grants = useFetched<readonly GrantInfo[]>(() => api.grants.list.query(), {
    what: 'The programs could not be listed.',
    follows: ['keys'],
  });
  const find = (id: string): ApiKeyInfo | undefined => keys.value()?.find((key) => key.id === id);
  return (
    <>
      <TwoPanes
        list={
          <KeyList keys={keys} grants={grants} currentId={params.id} onCreate={() => setCreating(true)} />
        }
        chosen={params.id}
        detail={(id) => (
          <Show when={keys.value()} fallback={<NotYet fetched={keys} what="The keys" />}>
            <Show
              when={find(id)}
              fallback={<EmptyState title="This key is not here" text="It may have been removed." />}
            >
              {(key) => <KeyDetail key={key()} />}
            </Show>
          </Show>
        )}
        hint={
          <EmptyState
            icon={<KeyRound />}
            title="No key chosen"
            text="Choose one to see what it may do and when it was used, to give it a new secret, or to revoke it."
          />
        }
        title={find(params.id ?? '')?.name ?? 'Key'}
        onClose={() => navigate('/keys', { replace: true })}
      />
      <Suspense>
        <Show when={isCreating()}>
          <CreateKeySheet onClose={() => setCreating(false)} />
        </Show>
      </Suspense>
    </>
  );
}

interface KeyListProps {
  readonly keys: Fetched<readonly ApiKeyInfo[]>;
  readonly grants: Fetched<readonly GrantInfo[]>;
  readonly currentId: string | undefined;
  readonly onCreate: () => void;
}

function KeyList(props: KeyListProps): JSX.Element {
  const now = useNow();
  const all = (): readonly ApiKeyInfo[] => props.keys.value() ?? [];
  const good = (): readonly ApiKeyInfo[] => all().filter((key) => keyState(key, now()) === 'good');
  const ended = (): readonly ApiKeyInfo[] => all().filter((key) => keyState(key, now()) !== 'good');
  return (
    <ListPage
      title="Keys"
      asOf={shownAsOf()}
      action={
        <Button
          kind="primary"
          size="small"
          icon={<Plus />}
          disabledReason={awayReason()}
          onPress={props.onCreate}
        >
          Create a key
        </Button>
      }
    >
      <Show when={props.keys.value()} fallback={<NotYet fetched={props.keys} what="The keys" />}>
        <Show
          when={all().length > 0}
          fallback={
            <EmptyState
              icon={<KeyRound />}
              title="No keys yet"
              text="An editor, a script or another program shows a key when it asks a model. Give each tool one of its own: then it can be limited, and revoked without touching the others."
            >
              <Button disabledReason={awayReason()} onPress={props.onCreate}>
                Create a key
              </Button>
              <a class="button" data-kind="plain" href="/connect">
                <span>Connect a tool</span>
              </a>
            </EmptyState>
          }
        >
          <KeyGroup keys={good()} currentId={props.currentId} />
        </Show>
        <Grants grants={props.grants} />
        <KeyGroup heading="No longer good" keys={ended()} currentId={props.currentId} />
      </Show>
    </ListPage>
  );
}

function KeyGroup(props: {
  readonly heading?: string;
  readonly keys: readonly ApiKeyInfo[];
  readonly currentId: string | undefined;
}): JSX.Element {
  return (
    <Show when={props.keys.length > 0}>
      <ListGroup heading={props.heading}>
        <For each={props.keys}>{(key) => <KeyRow key={key} isCurrent={key.id === props.currentId} />}</For>
      </ListGroup>
    </Show>
  );
}

function KeyRow(props: { readonly key: ApiKeyInfo; readonly isCurrent: boolean }): JSX.Element {
  const now = useNow();
  const state = () => keyState(props.key, now());
  const facts = (): string =>
    [scopesLine(props.key.scopes), limitsLine(props.key.limits), keyEndWords(props.key, now())]
      .filter(Boolean)
      .join(' · ');
  return (
    <ListRow
      href={keyPath(props.key.id)}
      isCurrent={props.isCurrent}
      icon={<KeyRound />}
      title={props.key.name}
      badge={
        <Show when={state() !== 'good'}>
          <Badge>{state() === 'revoked' ? 'Revoked' : 'Expired'}</Badge>
        </Show>
      }
      facts={facts()}
      aside={usedWords(props.key, now())}
    />
  );
}
