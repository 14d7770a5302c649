import { z } from 'zod';
import { idInput, nameSchema } from './identity.ts';
import { signInInput } from './session.ts';

const passkeyName = nameSchema('passkey');

const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, 'base64url was expected')
  .max(16_384);

const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional(),
  clientExtensionResults: z.looseObject({}),
};

/** What the browser answers to a registration (RegistrationResponseJSON). */
export const registrationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    authenticatorData: base64url.optional(),
    transports: z.array(z.string().max(32)).max(16).optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: base64url.optional(),
  }),
});
export type RegistrationResponse = z.infer<typeof registrationResponse>;

/** What the browser answers to a sign-in (AuthenticationResponseJSON). */
export const authenticationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});
export type AuthenticationResponse = z.infer<typeof authenticationResponse>;

export const registerPasskeyInput = z.object({ name: passkeyName, response: registrationResponse });
export const signInWithPasskeyInput = z.object({
  response: authenticationResponse,
  /** As for signing in with a password. */
  ...signInInput.pick({ deviceId: true, deviceName: true, deviceKind: true }).shape,
});
export const renamePasskeyInput = idInput.extend({ name: passkeyName });

/** A passkey as it is listed. Times are ISO 8601. */
export interface PasskeyInfo {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** Whether it is kept in more than one place, such as a password manager. */
  readonly synced: boolean;
}

/** Whether passkeys work where the page is open; passkeys belong to a name, and addresses are none. */
export interface PasskeyAvailability {
  readonly available: boolean;
  /** For people: why not. */
  readonly reason: string | null;
}
