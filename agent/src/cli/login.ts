import os from 'node:os';
import { ImpetusError, scopesSchema, type DeviceAuthorization, type TokenResponse } from '@impetus/contracts';
import { readConfig } from '../config/index.ts';
import { ensurePrivateFolder } from '../platform/private-folder.ts';
import type { Common } from './commands/command.ts';
import { qrLines } from './qr.ts';
import { chooseTrust, type TrustOptions } from './remote/choose-trust.ts';
import { readLogin, removeLogin, writeLogin } from './remote/login-file.ts';
import {
  askForCode,
  askForTokens,
  discover,
  OAuthRefusal,
  revoke,
  type Endpoints,
} from './remote/oauth-client.ts';
import { serverOrigin } from './remote/server-url.ts';
import { toLogin, trustServer } from './remote/session.ts';
import type { Terminal } from './terminal.ts';

export interface LoginOptions extends Common, TrustOptions {
  readonly server?: string;
  readonly scopes?: string;
  readonly name?: string;
}

const slowDownMs = 5_000;

const homeOf = (terminal: Terminal, home: string | undefined) =>
  readConfig(home === undefined ? {} : { home }, terminal.env).home;

/** Signs this computer in at an agent elsewhere; from then on its commands go there. */
export async function login(terminal: Terminal, options: LoginOptions): Promise<void> {
  const home = homeOf(terminal, options.home);
  const typed = options.server ?? readLogin(home)?.server;
  if (typed === undefined) throw new ImpetusError('invalid_request', 'Name the agent: --server https://…');
  const server = serverOrigin(typed);
  const words = (options.scopes ?? 'infer,load').split(',').map((scope) => scope.trim());
  const scopes = scopesSchema('client').parse(words);
  ensurePrivateFolder(home);
  if (server.startsWith('https:')) await chooseTrust(terminal, home, server, options);

  const endpoints = await discover(server);
  const deviceName = options.name ?? os.hostname().replace(/\.local$/i, '');
  const code = await askForCode(endpoints, { scopes, deviceName });
  if (code instanceof OAuthRefusal) throw new ImpetusError('forbidden', code.description);
  tellCode(terminal, code, options.json ?? false);

  const tokens = await tokensOnceApproved(endpoints, code);
  const next = toLogin(server, tokens);
  writeLogin(home, next);
  if (options.json) terminal.out(JSON.stringify({ event: 'signed-in', server, scopes: next.scopes }));
  else
    terminal.out(
      `Signed in at ${server}, with ${next.scopes.join(', ')}. Commands go there until \`impetus logout\`.`,
    );
}

function tellCode(terminal: Terminal, code: DeviceAuthorization, json: boolean): void {
  if (json) {
    const { user_code: userCode, verification_uri: url, expires_in: seconds } = code;
    terminal.out(JSON.stringify({ event: 'code', userCode, url, seconds }));
    return;
  }
  terminal.note(
    [
      ...qrLines(code.verification_uri_complete, terminal),
      '',
      `On a device that is signed in as an administrator, open  ${code.verification_uri}`,
      `and enter the code  ${code.user_code}`,
      '',
      `Waiting for the approval, ${Math.round(code.expires_in / 60)} minutes at most…`,
    ].join('\n'),
  );
}

/** Asks as often as the server wants to be asked (RFC 8628, 3.5). */
async function tokensOnceApproved(endpoints: Endpoints, code: DeviceAuthorization): Promise<TokenResponse> {
  let intervalMs = code.interval * 1000;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
    const answer = await askForTokens(endpoints, code.device_code);
    if (!(answer instanceof OAuthRefusal)) return answer;
    if (answer.error === 'slow_down') intervalMs += slowDownMs;
    else if (answer.error !== 'authorization_pending')
      throw new ImpetusError('forbidden', answer.description);
  }
}

/** Gives the access of this computer back. Where the server is out of reach, it is forgotten here alone. */
export async function logout(terminal: Terminal, { home: chosen, json = false }: Common): Promise<void> {
  const home = homeOf(terminal, chosen);
  const current = readLogin(home);
  if (current === null) throw new ImpetusError('not_found', 'This computer is not signed in anywhere.');
  const { server } = current;
  trustServer(home, server);
  const told = await discover(server)
    .then((endpoints) => revoke(endpoints, current.refreshToken))
    .then(
      () => true,
      () => false,
    );
  removeLogin(home);
  if (json) terminal.out(JSON.stringify({ server, revoked: told }));
  else if (told) terminal.out(`Signed out at ${server}.`);
  else {
    terminal.out(
      `${server} does not answer. Its tokens are deleted here; revoke this computer on the agent's Devices page too.`,
    );
  }
}
