import {
  ImpetusError,
  permits,
  type GrantInfo,
  type GrantRequest,
  type Scope,
  type TokenResponse,
} from '@impetus/contracts';
import type { Log } from '../../log/types.ts';
import { Tries } from '../tries.ts';
import type { Audit, Principal, Users } from '../types.ts';
import { originsOf, type Via } from '../via.ts';
import type { AccessClaims } from './access-tokens.ts';
import { poll, type DeviceFlow } from './device-flow.ts';
import { accessTokenSeconds } from './key-ring.ts';
import { oauthError } from './refusal.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Grant, RefreshRefusal, StoredGrants } from './stored-grants.ts';
import { looksLikeToken } from './token-form.ts';
import type { ClientOrigin, OAuth, TokenRequest } from './types.ts';
import { WaitingClients } from './waiting-clients.ts';

/** Wrong device codes and refresh tokens from one address; wrong user codes from one person. */
const tokenLimit = { burst: 20, refillMs: 3_000 };
const userCodeLimit = { burst: 10, refillMs: 10_000 };

export interface OAuthOptions {
  readonly grants: StoredGrants;
  /** The file of the keys that sign. */
  readonly keysPath: string;
  readonly users: Pick<Users, 'find'>;
  readonly audit: Pick<Audit, 'record'>;
  /** The user on whose behalf a principal lets clients in. Throws where there is none. */
  readonly userOf: (principal: Principal) => string;
  readonly log: Log;
  readonly now?: () => number;
}

const refusals: Readonly<Record<RefreshRefusal, string>> = {
  unknown: 'The refresh token is not known here.',
  reused: 'The refresh token was used before, so the access of this client was ended. Sign in again.',
  revoked: 'The access of this client was revoked.',
  expired: 'The refresh token has expired: the client was away for too long. Sign in again.',
};

const toInfo = (grant: Grant): GrantInfo => {
  const { id, clientId, deviceName, scopes, createdAt, createdBy, lastUsedAt, address, revokedAt } = grant;
  return { id, clientId, deviceName, scopes, createdAt, createdBy, lastUsedAt, address, revokedAt };
};

const toRequest = (flow: DeviceFlow): GrantRequest => ({
  userCode: flow.userCode,
  clientId: flow.clientId,
  deviceName: flow.deviceName,
  scopes: flow.scopes,
  address: flow.address,
  userAgent: flow.userAgent,
  expiresAt: new Date(flow.expiresAt).toISOString(),
});

/** An authorization server for clients that have no browser of their own: RFC 8628, with tokens that are JWTs. */
export function createOAuth(options: OAuthOptions): OAuth {
  const { grants, keysPath, users, audit, log, now = Date.now } = options;
  const waiting = new WaitingClients(now);
  const wrongTokens = new Tries(tokenLimit, now);
  const wrongUserCodes = new Tries(userCodeLimit, now);
  let opened: Promise<SigningKeys> | undefined;
  // Both are loaded when the first client comes: most starts need neither.
  const jwt = () => import('./access-tokens.ts');
  const signingKeys = () =>
    (opened ??= import('./signing-keys.ts').then(({ openSigningKeys }) =>
      openSigningKeys(keysPath, log, now),
    ));

  async function claimsOf(token: string, issuers: readonly string[]): Promise<AccessClaims> {
    return (await jwt()).verifyAccessToken(await signingKeys(), issuers, token, now());
  }

  function throttle(tries: Tries, who: string): void {
    const waitMs = tries.waitMs(who);
    if (waitMs === 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw oauthError('slow_down', `Too many codes were wrong. Try again in ${seconds} seconds.`, seconds);
  }

  /** What a grant may still do: a user whose scopes shrink takes the clients along. */
  function allowed(grant: Grant, scopes: readonly Scope[]): readonly Scope[] {
    const user = users.find(grant.userId);
    return scopes.filter((scope) => grant.scopes.includes(scope) && permits(user?.scopes ?? [], scope));
  }

  async function tokens(
    grant: Grant,
    refreshToken: string,
    scopes: readonly Scope[],
    issuer: string,
  ): Promise<TokenResponse> {
    const claims: AccessClaims = {
      grantId: grant.id,
      userId: grant.userId,
      clientId: grant.clientId,
      scopes,
    };
    return {
      access_token: await (await jwt()).signAccessToken(await signingKeys(), issuer, claims, now()),
      token_type: 'Bearer',
      expires_in: accessTokenSeconds,
      refresh_token: refreshToken,
      scope: scopes.join(' '),
    };
  }

  function refuse(message: string, { address }: ClientOrigin, subject?: string): never {
    wrongTokens.count(address);
    audit.record({
      action: 'grants.token',
      subject,
      outcome: 'refused',
      address,
      detail: { reason: message },
    });
    throw oauthError('invalid_grant', message);
  }

  async function byDeviceCode(
    { clientId, deviceCode }: Extract<TokenRequest, { type: 'device' }>,
    from: ClientOrigin,
  ): Promise<TokenResponse> {
    const flow = waiting.byDeviceCode(deviceCode);
    if (flow === undefined) return refuse('The device code is not known here, or was used.', from);
    if (flow.clientId !== clientId)
      return refuse('The device code belongs to another client.', from, clientId);
    const outcome = poll(flow, now());
    if (outcome.type === 'refused') {
      waiting.put(outcome.next);
      const words = {
        authorization_pending: 'Nobody has entered the code yet.',
        slow_down: `Ask at most every ${outcome.next.intervalMs / 1000} seconds.`,
        access_denied: 'The request was denied.',
        expired_token: 'The code has expired. Ask for a new one.',
      } as Partial<Record<typeof outcome.error, string>>;
      throw oauthError(outcome.error, words[outcome.error] ?? 'The code is not good.');
    }
    // Before anything is awaited: of two that ask at once, one gets tokens.
    waiting.remove(flow);
    try {
      const { scopes, userId, by } = outcome.answer;
      const { deviceName, address } = flow;
      const made = await grants.create({ userId, clientId, deviceName, scopes, createdBy: by, address });
      audit.record({
        action: 'grants.create',
        subject: deviceName,
        address: from.address,
        detail: { grant: made.grant.id, client: clientId, scopes },
      });
      return await tokens(made.grant, made.refreshToken, allowed(made.grant, scopes), from.issuer);
    } catch (error) {
      waiting.put(flow);
      throw error;
    }
  }

  async function byRefreshToken(
    { clientId, refreshToken, scopes }: Extract<TokenRequest, { type: 'refresh' }>,
    from: ClientOrigin,
  ): Promise<TokenResponse> {
    const named = await grants.ofToken(refreshToken);
    if (scopes !== null && named !== undefined && !scopes.every((scope) => named.scopes.includes(scope))) {
      throw oauthError('invalid_scope', 'A refresh gives at most the scopes that were granted.');
    }
    const outcome = await grants.refresh(refreshToken, clientId);
    if (typeof outcome === 'string') return refuse(refusals[outcome], from, named?.deviceName);
    const { grant } = outcome;
    return tokens(grant, outcome.refreshToken, allowed(grant, scopes ?? grant.scopes), from.issuer);
  }

  function waitingWith(userCode: string, by: Principal): DeviceFlow {
    throttle(wrongUserCodes, by.id);
    const flow = waiting.byUserCode(userCode);
    if (flow !== undefined) return flow;
    wrongUserCodes.count(by.id);
    throw new ImpetusError(
      'not_found',
      'No client waits with this code. Codes are good for ten minutes and for one client.',
      { param: 'userCode' },
    );
  }

  const late = () => new ImpetusError('conflict', 'This code was answered already, on another screen.');

  return {
    verifier: {
      recognises: looksLikeToken,
      async verify(token: string, via: Via): Promise<Principal> {
        const claims = await claimsOf(token, originsOf(via));
        const grant = grants.find(claims.grantId);
        if (grant === undefined || grant.revokedAt !== null || users.find(grant.userId) === undefined) {
          throw new ImpetusError('unauthorized', 'The access of this client was revoked. Sign in again.');
        }
        grants.touch(grant.id);
        return {
          kind: 'token',
          id: grant.id,
          name: grant.deviceName,
          scopes: allowed(grant, claims.scopes),
          userId: grant.userId,
          deviceId: null,
          sessionId: null,
          grantId: grant.id,
        };
      },
    },

    authorize(request, from) {
      throttle(wrongTokens, from.address);
      const begun = waiting.begin(request, from);
      if (begun === null) {
        throw oauthError('temporarily_unavailable', 'Too many clients wait for their codes. Try later.', 60);
      }
      const { flow, deviceCode } = begun;
      const verification = `${from.issuer}/activate`;
      return {
        device_code: deviceCode,
        user_code: flow.userCode,
        verification_uri: verification,
        // Behind the #, like every code: it travels to no server and stays in no log.
        verification_uri_complete: `${verification}#${flow.userCode}`,
        expires_in: Math.round((flow.expiresAt - now()) / 1000),
        interval: flow.intervalMs / 1000,
      };
    },

    async token(request, from) {
      throttle(wrongTokens, from.address);
      return request.type === 'device' ? byDeviceCode(request, from) : byRefreshToken(request, from);
    },

    async revokeToken(token, clientId, { address, issuer }) {
      const grant = looksLikeToken(token)
        ? await claimsOf(token, [issuer]).then(
            ({ grantId }) => grants.find(grantId),
            () => undefined,
          )
        : await grants.ofToken(token);
      if (grant === undefined || grant.clientId !== clientId || grant.revokedAt !== null) return;
      await grants.revoke(grant.id);
      audit.record({
        action: 'grants.signOut',
        subject: grant.deviceName,
        address,
        detail: { grant: grant.id },
      });
    },

    publishedKeys: async () => (await signingKeys()).published(),

    lookUp: (userCode, by) => toRequest(waitingWith(userCode, by)),

    approve({ userCode, scopes }, by) {
      const flow = waitingWith(userCode, by);
      if (!scopes.every((scope) => flow.scopes.includes(scope))) {
        throw new ImpetusError('invalid_request', 'A client gets at most the scopes that it asked for.', {
          param: 'scopes',
        });
      }
      const userId = options.userOf(by);
      if (!waiting.answer(flow, { type: 'approved', scopes, userId, by: by.name })) throw late();
      return toRequest(flow);
    },

    deny(userCode, by) {
      const flow = waitingWith(userCode, by);
      if (!waiting.answer(flow, { type: 'denied' })) throw late();
      return toRequest(flow);
    },

    list: () =>
      grants
        .list()
        .filter(({ userId }) => users.find(userId) !== undefined)
        .map(toInfo),

    revoke: async (id) => toInfo(await grants.revoke(id)),
  };
}
