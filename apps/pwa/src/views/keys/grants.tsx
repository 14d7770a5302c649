import type { GrantInfo } from '@impetus/contracts/oauth';
import SquareTerminal from 'lucide-solid/icons/square-terminal';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { ListGroup } from '../../components/list-page/list-page.tsx';
import { ListRowContent } from '../../components/list-row/list-row.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatAge } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { showToast } from '../../state/toasts.ts';
import type { Fetched } from '../../state/use-fetched.ts';

/** Programs on other machines that were let in with a code; they have tokens instead of keys. */
export function Grants(props: { readonly grants: Fetched<readonly GrantInfo[]> }): JSX.Element {
  const [ending, setEnding] = createSignal<GrantInfo | null>(null);
  const good = (): readonly GrantInfo[] =>
    (props.grants.value() ?? []).filter(({ revokedAt }) => revokedAt === null);
  return (
    <Show when={good().length > 0}>
      <ListGroup heading="Programs that were let in with a code">
        <For each={good()}>{(grant) => <Grant grant={grant} onEnd={() => setEnding(grant)} />}</For>
      </ListGroup>
      <Show when={ending()}>
        {(grant) => (
          <EndSheet
            grant={grant()}
            onClose={() => setEnding(null)}
            onEnded={() => void props.grants.reload()}
          />
        )}
      </Show>
    </Show>
  );
}

function Grant(props: { readonly grant: GrantInfo; readonly onEnd: () => void }): JSX.Element {
  const now = useNow();
  const used = (): string => {
    const { lastUsedAt } = props.grant;
    return lastUsedAt === null ? 'never used' : `used ${formatAge(Date.parse(lastUsedAt), now())}`;
  };
  return (
    <li>
      <div class="list-row" data-action="">
        <ListRowContent
          icon={<SquareTerminal />}
          title={props.grant.deviceName}
          facts={`${scopesLine(props.grant.scopes)} · ${props.grant.clientId} · ${used()}`}
          aside={
            <Button
              size="small"
              label={`Revoke ${props.grant.deviceName}`}
              disabledReason={awayReason()}
              onPress={props.onEnd}
            >
              Revoke…
            </Button>
          }
        />
      </div>
    </li>
  );
}

function EndSheet(props: {
  readonly grant: GrantInfo;
  readonly onClose: () => void;
  readonly onEnded: () => void;
}): JSX.Element {
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const end = async (): Promise<void> => {
    const { id, deviceName } = props.grant;
    try {
      await api.grants.revoke.mutate({ id });
      props.onEnded();
      props.onClose();
      showToast(`${deviceName} was revoked.`);
    } catch (error) {
      setFailure(toFailure(error, `${deviceName} was not revoked.`));
    }
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`Revoke ${props.grant.deviceName}?`}
      description="Its tokens are refused and what it has under way ends at once. It can ask to be let in anew."
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="danger" disabledReason={awayReason()} onPress={() => void end()}>
            Revoke
          </Button>
        </>
      }
    >
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
    </Sheet>
  );
}
