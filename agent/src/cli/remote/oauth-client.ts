import {
  authorizationServerSchema,
  cliClientId,
  deviceAuthorizationSchema,
  deviceCodeGrantType,
  ImpetusError,
  oauthErrorSchema,
  tokenResponseSchema,
  type DeviceAuthorization,
  type OAuthErrorCode,
  type TokenResponse,
} from '@impetus/contracts';
import type { z } from 'zod';

const patienceMs = 30_000;

export type Endpoints = z.infer<typeof authorizationServerSchema>;

/** What a server refused, in OAuth's code. */
export class OAuthRefusal {
  readonly error: OAuthErrorCode;
  readonly description: string;

  constructor(error: OAuthErrorCode, description: string) {
    this.error = error;
    this.description = description;
  }
}

const notOurs = (server: string) =>
  new ImpetusError(
    'invalid_request',
    `What answers at ${server} is not Impetus, or too old for this command.`,
  );

/** RFC 8414. The issuer has to be who was asked (3.3). */
export async function discover(server: string): Promise<Endpoints> {
  const url = `${server}/.well-known/oauth-authorization-server`;
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' });
  const { data } = authorizationServerSchema.safeParse(await response.json().catch(() => null));
  const endpoints = [data?.token_endpoint, data?.device_authorization_endpoint, data?.revocation_endpoint];
  const own = data?.issuer === server && endpoints.every((each) => each?.startsWith(`${server}/`));
  if (data === undefined || !own) throw notOurs(server);
  return data;
}

/** Sends a form; answers what the schema makes of it, or what was refused. */
async function post<T>(
  url: string,
  form: Record<string, string>,
  schema: z.ZodType<T>,
): Promise<T | OAuthRefusal> {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ ...form, client_id: cliClientId }),
    signal: AbortSignal.timeout(patienceMs),
    redirect: 'error',
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const { data } = schema.safeParse(body);
    if (data !== undefined) return data;
  }
  const { data: refusal } = oauthErrorSchema.safeParse(body);
  if (refusal === undefined) throw notOurs(new URL(url).origin);
  return new OAuthRefusal(refusal.error, refusal.error_description ?? 'The server refused.');
}

export interface LoginRequest {
  readonly scopes: readonly string[];
  readonly deviceName: string;
}

/** RFC 8628, 3.1. */
export const askForCode = (
  { device_authorization_endpoint: url }: Endpoints,
  { scopes, deviceName }: LoginRequest,
): Promise<DeviceAuthorization | OAuthRefusal> =>
  post(url, { scope: scopes.join(' '), device_name: deviceName }, deviceAuthorizationSchema);

/** RFC 8628, 3.4. */
export const askForTokens = (
  { token_endpoint: url }: Endpoints,
  deviceCode: string,
): Promise<TokenResponse | OAuthRefusal> =>
  post(url, { grant_type: deviceCodeGrantType, device_code: deviceCode }, tokenResponseSchema);

/** RFC 6749, 6. */
export const refresh = (
  { token_endpoint: url }: Endpoints,
  refreshToken: string,
): Promise<TokenResponse | OAuthRefusal> =>
  post(url, { grant_type: 'refresh_token', refresh_token: refreshToken }, tokenResponseSchema);

/** RFC 7009. */
export async function revoke({ revocation_endpoint: url }: Endpoints, refreshToken: string): Promise<void> {
  await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ token: refreshToken, client_id: cliClientId }),
    signal: AbortSignal.timeout(patienceMs),
    redirect: 'error',
  });
}
