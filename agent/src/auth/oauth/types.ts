import type {
  ApproveGrantInput,
  DeviceAuthorization,
  GrantInfo,
  GrantRequest,
  Scope,
  TokenResponse,
} from '@impetus/contracts';
import type { CredentialVerifier, Principal } from '../types.ts';
import type { PublicKey } from './signing-keys.ts';

/** Where a client's request comes from, and under which of the agent's names. */
export interface ClientOrigin {
  readonly address: string;
  readonly userAgent: string;
  /** The origin that was asked, which issues what is answered. */
  readonly issuer: string;
}

/** What a client asks to be let in with (RFC 8628, 3.1). */
export interface DeviceRequest {
  readonly clientId: string;
  readonly deviceName: string;
  readonly scopes: readonly Scope[];
}

/** What a client shows to get tokens (RFC 8628, 3.4; RFC 6749, 6). */
export type TokenRequest =
  | { readonly type: 'device'; readonly clientId: string; readonly deviceCode: string }
  | {
      readonly type: 'refresh';
      readonly clientId: string;
      readonly refreshToken: string;
      /** Fewer than before, for this access token; null: as they are. */
      readonly scopes: readonly Scope[] | null;
    };

/**
 * Clients on other machines. Refusals of the wire carry OAuth's own code as their `detail`.
 */
export interface OAuth {
  readonly verifier: CredentialVerifier;
  authorize(request: DeviceRequest, from: ClientOrigin): DeviceAuthorization;
  token(request: TokenRequest, from: ClientOrigin): Promise<TokenResponse>;
  /** Ends the grant of a token, of either kind; nothing where it is none (RFC 7009, 2.2). */
  revokeToken(token: string, clientId: string, from: ClientOrigin): Promise<void>;
  publishedKeys(): Promise<readonly PublicKey[]>;

  /** Throws `not_found` for a code that nobody waits with, `rate_limited` after many. */
  lookUp(userCode: string, by: Principal): GrantRequest;
  approve(input: ApproveGrantInput, by: Principal): GrantRequest;
  deny(userCode: string, by: Principal): GrantRequest;
  /** Newest first. */
  list(): readonly GrantInfo[];
  /** Takes effect before it resolves: its tokens are refused, its sockets and streams end. */
  revoke(id: string): Promise<GrantInfo>;
}
