import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deviceCodeGrantType } from '@impetus/contracts';
import {
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  importJWK,
  SignJWT,
  type CryptoKey,
  type JWK,
} from 'jose';
import type { Answer, Attack } from './attack.ts';
import { stolen } from './stolen.ts';
import type { Target } from './target.ts';

const group = 'Access tokens';
const formType = { 'content-type': 'application/x-www-form-urlencoded' };

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

const parsed = ({ body }: Answer): unknown => JSON.parse(body);

const post = (target: Target, path: string, form: Record<string, string>, headers = {}) =>
  target.send(path, {
    method: 'POST',
    headers: { ...formType, ...headers },
    body: new URLSearchParams({ client_id: 'impetus-cli', ...form }).toString(),
  });

interface Begun {
  readonly device_code: string;
  readonly user_code: string;
}

async function begin(target: Target): Promise<Begun> {
  const form = { scope: 'infer', device_name: 'Attacked' };
  return parsed(await post(target, '/oauth/device_authorization', form)) as Begun;
}

const poll = (target: Target, device_code: string, more = {}) =>
  post(target, '/oauth/token', { grant_type: deviceCodeGrantType, device_code, ...more });
const refresh = (target: Target, refresh_token: string, more = {}) =>
  post(target, '/oauth/token', { grant_type: 'refresh_token', refresh_token, ...more });
const show = (target: Target, token: string) =>
  target.send('/v1/models', { headers: { authorization: `Bearer ${token}` } });

async function letIn(target: Target): Promise<Tokens> {
  const { device_code, user_code } = await begin(target);
  await target.admin('grants.approve', { userCode: user_code, scopes: ['infer'] });
  return parsed(await poll(target, device_code)) as Tokens;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The agent's own signing key, so that nothing but the claims is wrong. */
async function ownKey(target: Target): Promise<CryptoKey> {
  const path = join(target.agent.home, 'secrets', 'access-token-keys.json');
  const { keys } = JSON.parse(readFileSync(path, 'utf8')) as { keys: { jwk: JWK }[] };
  return (await importJWK(keys.at(-1)?.jwk ?? {}, 'EdDSA')) as CryptoKey;
}

const strangersKey = async () => (await generateKeyPair('EdDSA')).privateKey;

async function signed(
  token: string,
  key: CryptoKey,
  payload: object = {},
  header: object = {},
): Promise<string> {
  const head = { ...decodeProtectedHeader(token), ...header };
  return new SignJWT({ ...decodeJwt(token), ...payload }).setProtectedHeader(head as never).sign(key);
}

const seconds = () => Math.floor(Date.now() / 1000);

/** A token that is good but for one thing. */
const forged = (
  name: string,
  forge: (token: string, target: Target) => Promise<string> | string,
): Attack => ({
  group,
  name,
  prepare: async (target) => (await letIn(target)).access_token,
  run: async (target, token) => show(target, await forge(token, target)),
  status: 401,
  audited: 'access',
});

const attack = (
  name: string,
  status: number,
  audited: string | null,
  { prepare, run }: Pick<Attack, 'prepare' | 'run'>,
): Attack => ({ group, name, status, audited, run, ...(prepare && { prepare }) });

export const tokens: readonly Attack[] = [
  forged('signed with another key', async (token) => signed(token, await strangersKey())),
  forged('signed with another key of a kid that nobody has', async (token) =>
    signed(token, await strangersKey(), {}, { kid: 'stranger' }),
  ),
  forged(
    'alg none',
    (token) => `${encode({ ...decodeProtectedHeader(token), alg: 'none' })}.${token.split('.')[1]}.`,
  ),
  forged('HS256, with the public key as its secret', async (token, target) => {
    const { keys } = parsed(await target.send('/.well-known/jwks.json')) as { keys: { x: string }[] };
    const text = `${encode({ ...decodeProtectedHeader(token), alg: 'HS256' })}.${token.split('.')[1]}`;
    const secret = Buffer.from(keys[0]?.x ?? '', 'base64url');
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  }),
  forged('more scopes under the old signature', (token) => {
    const [head, , signature] = token.split('.');
    return `${head}.${encode({ ...decodeJwt(token), scope: 'admin' })}.${signature}`;
  }),
  forged('for another agent', async (token, target) =>
    signed(token, await ownKey(target), { aud: 'urn:impetus:other' }),
  ),
  forged('from another issuer', async (token, target) =>
    signed(token, await ownKey(target), { iss: 'https://evil.example' }),
  ),
  forged('expired by more than clocks may differ', async (token, target) =>
    signed(token, await ownKey(target), { iat: seconds() - 962, exp: seconds() - 62 }),
  ),
  forged('not good yet', async (token, target) =>
    signed(token, await ownKey(target), { nbf: seconds() + 120 }),
  ),
  forged('of another type', async (token, target) => signed(token, await ownKey(target), {}, { typ: 'JWT' })),
  forged('of a client that was revoked', async (token, target) => {
    const [[grant]] = await target.adminBatch<[{ id: string }[]]>(['grants.list']);
    await target.admin('grants.revoke', { id: grant?.id });
    return token;
  }),
  attack('a refresh token that was used before', 400, 'grants.token', {
    prepare: async (target) => {
      const { refresh_token } = await letIn(target);
      await refresh(target, refresh_token);
      return refresh_token;
    },
    run: (target, token) => refresh(target, token),
  }),
  attack('the newest tokens of a client whose old one was used twice', 401, 'access', {
    prepare: async (target) => {
      const { refresh_token } = await letIn(target);
      const next = parsed(await refresh(target, refresh_token)) as Tokens;
      await refresh(target, refresh_token);
      return next.access_token;
    },
    run: show,
  }),
  attack('the hash of a refresh token, from the database', 400, 'grants.token', {
    prepare: async (target) => (await letIn(target)).refresh_token,
    run: (target) => refresh(target, stolen(target, 'select hash from oauth_refresh_tokens limit 1')),
  }),
  attack('a refresh token of another client', 400, 'grants.token', {
    prepare: async (target) => (await letIn(target)).refresh_token,
    run: (target, token) => refresh(target, token, { client_id: 'other' }),
  }),
  attack('more scopes at a refresh', 400, null, {
    prepare: async (target) => (await letIn(target)).refresh_token,
    run: (target, token) => refresh(target, token, { scope: 'infer admin' }),
  }),
  attack('a device code asked about too often', 400, null, {
    prepare: async (target) => (await begin(target)).device_code,
    run: async (target, code) => {
      await poll(target, code);
      const answer = await poll(target, code);
      return (parsed(answer) as { error: string }).error === 'slow_down'
        ? answer
        : { ...answer, status: 200 };
    },
  }),
  attack('a device code that was used', 400, 'grants.token', {
    prepare: async (target) => {
      const { device_code, user_code } = await begin(target);
      await target.admin('grants.approve', { userCode: user_code, scopes: ['infer'] });
      await poll(target, device_code);
      return device_code;
    },
    run: (target, code) => poll(target, code),
  }),
  attack('more scopes than the client asked for, approved', 400, 'grants.approve', {
    prepare: async (target) => (await begin(target)).user_code,
    run: (target, userCode) =>
      target.call('grants.approve', { userCode, scopes: ['admin'] }, target.signedIn()),
  }),
  attack('a user code looked up by a stranger', 401, 'access', {
    prepare: async (target) => (await begin(target)).user_code,
    run: (target, userCode) => target.call('grants.lookUp', { userCode }),
  }),
  attack('a client in a foreign page', 403, 'access', {
    run: (target) => post(target, '/oauth/device_authorization', {}, { origin: 'https://evil.example' }),
  }),
  attack('a redirect to elsewhere (open redirect)', 404, null, {
    run: async (target) => {
      const elsewhere = encodeURIComponent('https://evil.example');
      const paths = [`/activate?redirect_uri=${elsewhere}`, '//evil.example/%2f..', '/\\evil.example'];
      const headers = { accept: 'text/html' };
      const answers = await Promise.all(paths.map((path) => target.send(path, { headers })));
      const redirected = answers.find((answer) => answer.headers['location'] !== undefined);
      return redirected ?? { status: 404, headers: {}, body: '' };
    },
  }),
];

/** To run late: it makes the owner wait who enters codes. */
export const guessedCodes: readonly Attack[] = [
  attack('user codes tried in bulk', 429, 'grants.lookUp', {
    run: async (target) => {
      const guess = () => target.call('grants.lookUp', { userCode: 'BBBB-BBBB' }, target.signedIn());
      for (let count = 0; count < 10; count += 1) await guess();
      return guess();
    },
  }),
  attack('refresh tokens tried in bulk', 429, 'grants.token', {
    run: async (target) => {
      for (let count = 0; count < 30; count += 1) await refresh(target, `imr_${count}`);
      return refresh(target, 'imr_last');
    },
  }),
];
