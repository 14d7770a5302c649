import type { DeviceInfo, DeviceKind } from '@impetus/contracts/devices';
import type { Scope } from '@impetus/contracts/scope-list';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { Detail, DetailCard } from '../../components/detail/detail.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts, type Fact } from '../../components/facts/facts.tsx';
import { KindIcon } from '../../components/kind-icon/kind-icon.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { addressWords } from '../../lib/address-words.ts';
import { useNow } from '../../lib/clock.ts';
import { formatMoment } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { announce } from '../../state/announcer.ts';
import { endWords, kindWords, seenWords } from '../../state/device-words.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { forbiddenReason, may } from '../../state/rights.ts';
import { ScopeChoice } from '../access/scope-choice.tsx';
import { KindChoice } from './kind-choice.tsx';

const RevokeSheet = lazy(() => import('./revoke-device-sheet.tsx'));

export interface DeviceDetailProps {
  readonly device: DeviceInfo;
  readonly onGone: () => void;
}

/** One device: what it is, what it may do, and its end. */
export function DeviceDetail(props: DeviceDetailProps): JSX.Element {
  const [isRevoking, setRevoking] = createSignal(false);
  const facts = useFacts(props);
  return (
    <Detail
      name={props.device.name}
      about={
        <>
          <KindIcon kind={props.device.kind} /> {kindWords[props.device.kind]}
        </>
      }
    >
      <DetailCard title="About">
        <Facts facts={facts()} />
      </DetailCard>
      <Change device={props.device} />
      <DetailCard title={props.device.current ? 'Sign out for good' : 'Revoke'}>
        <p class="detail-note">
          Revoking ends everything that this device has open, at once, and keeps it out until it is added
          anew.
        </p>
        <div>
          <Button kind="danger" disabledReason={awayReason()} onPress={() => setRevoking(true)}>
            {props.device.current ? 'Revoke this device…' : 'Revoke…'}
          </Button>
        </div>
      </DetailCard>
      <Suspense>
        <Show when={isRevoking()}>
          <RevokeSheet device={props.device} onClose={() => setRevoking(false)} onRevoked={props.onGone} />
        </Show>
      </Suspense>
    </Detail>
  );
}

function useFacts(props: DeviceDetailProps): () => Fact[] {
  const now = useNow();
  return () => {
    const { device } = props;
    return [
      {
        term: 'State',
        value: (
          <StateLabel kind={device.online ? 'running' : 'away'}>
            {device.online ? 'Online' : 'Not connected'}
          </StateLabel>
        ),
      },
      { term: 'Last seen', value: device.online ? 'Now' : seenWords(device, now()) },
      { term: 'Address', value: addressWords(device.address) ?? '–' },
      { term: 'May', value: scopesLine(device.scopes) },
      { term: 'Access', value: endWords(device.expiresAt, now()) ?? 'Until it is revoked' },
      { term: 'Account', value: device.userName },
      {
        term: 'Let in by',
        value: `${device.createdBy}, ${formatMoment(Date.parse(device.createdAt), now())}`,
      },
      { term: 'Sessions', value: String(device.sessions) },
    ];
  };
}

function Change(props: { readonly device: DeviceInfo }): JSX.Element {
  const [name, setName] = createSignal<string | null>(null);
  const [kind, setKind] = createSignal<DeviceKind | null>(null);
  const [scopes, setScopes] = createSignal<readonly Scope[] | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const isChanged = (): boolean => name() !== null || kind() !== null || scopes() !== null;
  const reason = (): string | null => {
    if (name()?.trim() === '') return 'A device needs a name.';
    if (scopes()?.length === 0) return 'A device needs at least one scope; to shut it out, revoke it.';
    return awayReason();
  };
  const reset = (): void => {
    setName(null);
    setKind(null);
    setScopes(null);
    setFailure(null);
  };
  const save = async (): Promise<void> => {
    const [newName, newKind, newScopes] = [name(), kind(), scopes()];
    try {
      await api.devices.update.mutate({
        id: props.device.id,
        ...(newName !== null && { name: newName }),
        ...(newKind !== null && { kind: newKind }),
        ...(newScopes !== null && { scopes: [...newScopes] }),
      });
      reset();
      announce('Saved.');
    } catch (error) {
      setFailure(toFailure(error, `${props.device.name} was not changed.`));
    }
  };
  return (
    <form
      class="detail-card"
      aria-label={`Change ${props.device.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged() && reason() === null) void save();
      }}
    >
      <h3>Name and permissions</h3>
      <TextField label="Name" autocomplete="off" value={name() ?? props.device.name} onInput={setName} />
      <KindChoice value={kind() ?? props.device.kind} onChange={setKind} />
      <Show when={may('admin')} fallback={<p class="detail-note">{forbiddenReason('admin')}</p>}>
        <ScopeChoice scopes={scopes() ?? props.device.scopes} onChange={setScopes} />
      </Show>
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
      <div class="detail-actions">
        <Button disabledReason={isChanged() ? null : 'Nothing was changed.'} onPress={reset}>
          Undo
        </Button>
        <Button kind="primary" type="submit" disabledReason={isChanged() ? reason() : 'Nothing was changed.'}>
          Save
        </Button>
      </div>
    </form>
  );
}
