import { z } from 'zod';
import { scopesSchema } from './identity.ts';
import type { Scope } from './scopes.ts';

/** Consonants that make no words and are not mistaken for one another (RFC 8628, 6.1). */
export const userCodeAlphabet = 'BCDFGHJKLMNPQRSTVWXZ';

/** A user code as people type it, in the form that is shown; null when it cannot be one. */
export function userCode(text: string): string | null {
  const letters = text.toUpperCase().replaceAll(/[\s-]/g, '');
  const valid = letters.length === 8 && [...letters].every((letter) => userCodeAlphabet.includes(letter));
  return valid ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}

const userCodeSchema = z
  .string()
  .max(32)
  .transform((text, context) => {
    const code = userCode(text);
    if (code !== null) return code;
    context.addIssue({ code: 'custom', message: 'A code has eight letters, such as WDJB-MJHT.' });
    return z.NEVER;
  });

export const userCodeInput = z.object({ userCode: userCodeSchema });
export type UserCodeInput = z.infer<typeof userCodeInput>;

export const approveGrantInput = userCodeInput.extend({
  /** What the client may do: at most what it asked for. */
  scopes: scopesSchema('client'),
});
export type ApproveGrantInput = z.infer<typeof approveGrantInput>;

/** A client on another machine that waits for someone to enter its code. Times are ISO 8601. */
export interface GrantRequest {
  readonly userCode: string;
  /** What the client calls itself; it is not proven. */
  readonly clientId: string;
  /** The computer that it says it runs on. */
  readonly deviceName: string;
  readonly scopes: readonly Scope[];
  readonly address: string;
  readonly userAgent: string;
  readonly expiresAt: string;
}

/** A client that was let in. */
export interface GrantInfo {
  readonly id: string;
  readonly clientId: string;
  readonly deviceName: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly lastUsedAt: string | null;
  readonly address: string;
  readonly revokedAt: string | null;
}

/** The command line of another computer. */
export const cliClientId = 'impetus-cli';
export const deviceCodeGrantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** RFC 8628, 3.2. */
export const deviceAuthorizationSchema = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.url(),
  verification_uri_complete: z.url(),
  expires_in: z.int(),
  interval: z.int(),
});
export type DeviceAuthorization = z.infer<typeof deviceAuthorizationSchema>;

/** RFC 6749, 5.1. */
export const tokenResponseSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  refresh_token: z.string(),
  scope: z.string(),
});
export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** The errors of RFC 6749 (5.2), 7009 and 8628 (3.5) that are answered here. */
export const oauthErrorCodes = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unsupported_grant_type',
  'invalid_scope',
  'authorization_pending',
  'slow_down',
  'access_denied',
  'expired_token',
  'temporarily_unavailable',
  'server_error',
] as const;
export type OAuthErrorCode = (typeof oauthErrorCodes)[number];

export const oauthErrorSchema = z.object({
  error: z.enum(oauthErrorCodes),
  error_description: z.string().optional(),
});

/** What a client reads of RFC 8414's metadata. */
export const authorizationServerSchema = z.object({
  issuer: z.url(),
  device_authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  revocation_endpoint: z.url(),
});
