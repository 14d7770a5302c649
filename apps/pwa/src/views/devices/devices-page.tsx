import './devices-page.css';
import type { DeviceInfo } from '@impetus/contracts/devices';
import { useNavigate, useParams } from '@solidjs/router';
import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone';
import Plus from 'lucide-solid/icons/plus';
import { For, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { Badge } from '../../components/badge/badge.tsx';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { KindIcon } from '../../components/kind-icon/kind-icon.tsx';
import { ListGroup, ListPage } from '../../components/list-page/list-page.tsx';
import { ListRow } from '../../components/list-row/list-row.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { TwoPanes } from '../../components/two-panes/two-panes.tsx';
import { useNow } from '../../lib/clock.ts';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { shownAsOf } from '../../state/connection.ts';
import { endWords, seenWords } from '../../state/device-words.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { forbiddenReason, may } from '../../state/rights.ts';
import { useFetched, type Fetched } from '../../state/use-fetched.ts';
import { NotYet } from '../access/not-yet.tsx';
import { DeviceDetail } from './device-detail.tsx';
import { addDevicePath, devicePath } from './device-path.ts';

/** Every device that was let in; beside the list or over it one of them. */
export default function DevicesPage(): JSX.Element {
  usePageTitle('Devices');
  const params = useParams<{ id?: string }>();
  const navigate = useNavigate();
  const devices = useFetched<readonly DeviceInfo[]>(() => api.devices.list.query(), {
    what: 'The devices could not be listed.',
    follows: ['devices', 'sessions'],
  });
  const find = (id: string): DeviceInfo | undefined => devices.value()?.find((device) => device.id === id);
  return (
    <TwoPanes
      list={<DeviceList devices={devices} currentId={params.id} />}
      chosen={params.id}
      detail={(id) => (
        <Show when={devices.value()} fallback={<NotYet fetched={devices} what="The devices" />}>
          <Show when={find(id)} fallback={<Gone />}>
            {(device) => (
              <DeviceDetail device={device()} onGone={() => navigate('/devices', { replace: true })} />
            )}
          </Show>
        </Show>
      )}
      hint={
        <EmptyState
          icon={<MonitorSmartphone />}
          title="No device chosen"
          text="Choose one to see what it may do and when it was here, to rename it, or to revoke it."
        />
      }
      title={find(params.id ?? '')?.name ?? 'Device'}
      onClose={() => navigate('/devices', { replace: true })}
    />
  );
}

function DeviceList(props: {
  readonly devices: Fetched<readonly DeviceInfo[]>;
  readonly currentId: string | undefined;
}): JSX.Element {
  const navigate = useNavigate();
  const all = (): readonly DeviceInfo[] => props.devices.value() ?? [];
  const guests = (): readonly DeviceInfo[] => all().filter(({ expiresAt }) => expiresAt !== null);
  const staying = (): readonly DeviceInfo[] => all().filter(({ expiresAt }) => expiresAt === null);
  const add = (): void => navigate(addDevicePath);
  return (
    <ListPage
      title="Devices"
      asOf={shownAsOf()}
      action={
        <Show when={may('admin')}>
          <Button kind="primary" size="small" icon={<Plus />} disabledReason={awayReason()} onPress={add}>
            Add a device
          </Button>
        </Show>
      }
    >
      <Show when={props.devices.value()} fallback={<NotYet fetched={props.devices} what="The devices" />}>
        <Show when={staying().length > 0}>
          <ListGroup heading={guests().length > 0 ? 'Devices that stay' : undefined}>
            <For each={staying()}>
              {(device) => <DeviceRow device={device} isCurrent={device.id === props.currentId} />}
            </For>
          </ListGroup>
        </Show>
        <Show when={guests().length > 0}>
          <ListGroup heading="Guests">
            <For each={guests()}>
              {(device) => <DeviceRow device={device} isCurrent={device.id === props.currentId} />}
            </For>
          </ListGroup>
        </Show>
        <Show when={!may('admin')}>
          <p class="devices-note">These are your own devices. {forbiddenReason('admin')}</p>
        </Show>
        <Show when={may('admin') && all().every(({ current }) => current)}>
          <EmptyState
            icon={<MonitorSmartphone />}
            title="No other device yet"
            text={`A phone, a tablet or another computer gets ${macName()} as an app, once you have let it in with a QR code.`}
          >
            <Button disabledReason={awayReason()} onPress={add}>
              Add a device
            </Button>
          </EmptyState>
        </Show>
      </Show>
    </ListPage>
  );
}

function DeviceRow(props: { readonly device: DeviceInfo; readonly isCurrent: boolean }): JSX.Element {
  const now = useNow();
  const facts = (): string =>
    [scopesLine(props.device.scopes), endWords(props.device.expiresAt, now()), props.device.userName]
      .filter(Boolean)
      .join(' · ');
  return (
    <ListRow
      href={devicePath(props.device.id)}
      isCurrent={props.isCurrent}
      icon={<KindIcon kind={props.device.kind} />}
      title={props.device.name}
      badge={
        <Show when={props.device.current}>
          <Badge>This device</Badge>
        </Show>
      }
      facts={facts()}
      aside={
        <Show when={props.device.online} fallback={seenWords(props.device, now())}>
          <StateLabel kind="running">Online</StateLabel>
        </Show>
      }
    />
  );
}

function Gone(): JSX.Element {
  return (
    <EmptyState
      title="This device is not here"
      text="It was revoked, or its time as a guest is over. The audit log says when."
    />
  );
}
