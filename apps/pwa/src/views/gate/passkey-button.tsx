import KeyRound from 'lucide-solid/icons/key-round';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { createResource, createSignal, Show, type JSX } from 'solid-js';
import { toFailure, type Failure } from '../../api/failure.ts';
import { httpApi } from '../../api/http-client.ts';
import { signInWithPasskey } from '../../api/passkeys.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { noteSignedIn, rememberedDevice } from '../../state/session.ts';
import { thisDeviceKind, thisDeviceName } from '../../state/this-device.ts';
import { wasCancelled } from '../account/passkey-words.ts';

/** Signs in with a passkey; shown where passkeys work, which takes a trusted name. */
export default function PasskeyButton(props: { readonly onDone: () => void }): JSX.Element {
  const [isAvailable] = createResource(async () => {
    if (!browserSupportsWebAuthn()) return false;
    try {
      return (await httpApi.passkeys.availability.query()).available;
    } catch {
      return false;
    }
  });
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const signIn = async (): Promise<void> => {
    setFailure(null);
    try {
      const deviceId = rememberedDevice();
      const current = await signInWithPasskey({
        deviceName: thisDeviceName(),
        deviceKind: thisDeviceKind(),
        ...(deviceId !== undefined && { deviceId }),
      });
      noteSignedIn(current);
      props.onDone();
    } catch (error) {
      if (!wasCancelled(error)) setFailure(toFailure(error, 'You were not signed in.'));
    }
  };
  return (
    <Show when={isAvailable.latest}>
      <div class="gate-actions">
        <Button icon={<KeyRound />} onPress={() => void signIn()}>
          Sign in with a passkey
        </Button>
      </div>
      <Show when={failure()}>
        {(shown) => (
          <div role="alert">
            <ErrorPanel failure={shown()} />
          </div>
        )}
      </Show>
    </Show>
  );
}
