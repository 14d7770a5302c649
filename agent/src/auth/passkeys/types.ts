import type { AuthenticationResponse, PasskeyInfo, RegistrationResponse, UserInfo } from '@impetus/contracts';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Principal } from '../types.ts';
import type { Site } from './site.ts';

/** Signing in without a password, by a key that never leaves its device. */
export interface Passkeys {
  /** Throws `conflict` where the site has no name that passkeys can belong to. */
  registrationOptions(by: Principal, site: Site): Promise<PublicKeyCredentialCreationOptionsJSON>;
  register(
    input: { readonly name: string; readonly response: RegistrationResponse },
    by: Principal,
    site: Site,
  ): Promise<PasskeyInfo>;
  signInOptions(site: Site): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** Whose passkey it is. Throws `unauthorized`, the same whatever is wrong; `rate_limited` after many tries. */
  signIn(response: AuthenticationResponse, site: Site, address: string): Promise<UserInfo>;
  /** Newest first. */
  list(by: Principal): Promise<readonly PasskeyInfo[]>;
  rename(input: { readonly id: string; readonly name: string }, by: Principal): Promise<void>;
  remove(id: string, by: Principal): Promise<void>;
}
