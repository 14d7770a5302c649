import {
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { CurrentSession } from '@impetus/contracts/session';
import type { DeviceKind } from '@impetus/contracts/devices';
import { httpApi } from './http-client.ts';

/** The device that a sign-in is for. */
export interface PasskeyDevice {
  readonly deviceId?: string;
  readonly deviceName: string;
  readonly deviceKind: DeviceKind;
}

/** Has the browser make a passkey, and keeps its public half on the Mac. */
export async function addPasskey(name: string): Promise<void> {
  // What crossed the wire is JSON; its type names binary extensions that JSON cannot hold.
  const options = await httpApi.passkeys.registrationOptions.mutate();
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const { clientExtensionResults, ...response } = await startRegistration({ optionsJSON });
  await httpApi.passkeys.register.mutate({
    name,
    response: { ...response, clientExtensionResults: { ...clientExtensionResults } },
  });
}

/** Signs in with a passkey that the browser lets its owner choose. */
export async function signInWithPasskey(device: PasskeyDevice): Promise<CurrentSession> {
  const options = await httpApi.passkeys.signInOptions.mutate();
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const { clientExtensionResults, ...response } = await startAuthentication({ optionsJSON });
  return httpApi.passkeys.signIn.mutate({
    ...device,
    response: { ...response, clientExtensionResults: { ...clientExtensionResults } },
  });
}
