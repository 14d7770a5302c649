import type { DeviceInfo } from '@impetus/contracts/devices';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { awayReason } from '../../state/actions.ts';
import { revokeWords } from '../../state/device-words.ts';
import { showToast } from '../../state/toasts.ts';

export interface RevokeDeviceSheetProps {
  readonly device: DeviceInfo;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** Asks before a device is revoked, and names what ends with it. */
export default function RevokeDeviceSheet(props: RevokeDeviceSheetProps): JSX.Element {
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const revoke = async (): Promise<void> => {
    const { id, name } = props.device;
    try {
      await api.devices.revoke.mutate({ id });
      props.onClose();
      props.onRevoked();
      showToast(`${name} was revoked.`);
    } catch (error) {
      setFailure(toFailure(error, `${name} was not revoked.`));
    }
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`Revoke ${props.device.name}?`}
      description={revokeWords(props.device)}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="danger" disabledReason={awayReason()} onPress={() => void revoke()}>
            Revoke {props.device.name}
          </Button>
        </>
      }
    >
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
    </Sheet>
  );
}
