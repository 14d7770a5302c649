import { ImpetusError, scopeSchema, type TokenResponse } from '@impetus/contracts';
import { lockInstance } from '../../instance/lock.ts';
import { trustOnly } from './authority.ts';
import { knownAuthority } from './known-servers.ts';
import { loginPath, readLogin, writeLogin, type Login } from './login-file.ts';
import { discover, OAuthRefusal, refresh } from './oauth-client.ts';

/** Refreshed this long before it would expire, so that it lasts for what a command does. */
const earlyMs = 60_000;
const waitMs = 50;
const waitAtMostMs = 30_000;

export function toLogin(server: string, tokens: TokenResponse, now = Date.now()): Login {
  const scopes = tokens.scope.split(' ').flatMap((scope) => scopeSchema.safeParse(scope).data ?? []);
  return {
    server,
    scopes,
    accessToken: tokens.access_token,
    refreshAt: now + tokens.expires_in * 1000 - earlyMs,
    refreshToken: tokens.refresh_token,
  };
}

/** From now on this process trusts what was compared when this computer signed in. */
export function trustServer(home: string, server: string): void {
  const authority = knownAuthority(home, server);
  if (authority !== null) trustOnly(authority);
}

/** Held by one command at a time: a refresh token that two use ends the access of both. */
async function lockLogin(home: string): Promise<Disposable> {
  for (let waited = 0; waited < waitAtMostMs; waited += waitMs) {
    const lock = lockInstance(`${loginPath(home)}.lock`);
    if (lock !== null) return lock;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new ImpetusError(
    'timeout',
    'Another command has been refreshing the access of this computer for too long.',
  );
}

/** What lets a command in at the server that this computer is signed in at. */
export async function freshAccess(home: string): Promise<Login> {
  const login = readLogin(home);
  if (login !== null && Date.now() < login.refreshAt) return login;
  using _ = await lockLogin(home);
  const current = readLogin(home);
  if (current === null) throw new ImpetusError('unauthorized', 'This computer is not signed in any more.');
  // Another command may have refreshed it while this one waited.
  if (Date.now() < current.refreshAt) return current;
  const refreshed = await refresh(await discover(current.server), current.refreshToken);
  if (refreshed instanceof OAuthRefusal) {
    throw new ImpetusError(
      'unauthorized',
      `${refreshed.description} Sign this computer in again with \`impetus login --server ${current.server}\`.`,
    );
  }
  const next = toLogin(current.server, refreshed);
  writeLogin(home, next);
  return next;
}
