import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { deviceCodeGrantType } from '@impetus/contracts';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { httpClient, startTestAgent, type TestAgent } from './support/test-agent.ts';

let test: TestAgent;
let server: string;
beforeAll(async () => {
  test = await startTestAgent();
  server = test.agent.http;
});
afterAll(() => test[Symbol.asyncDispose]());

const owner = () => httpClient(test.agent, { cookie: test.cookie, origin: server });

interface Answer {
  readonly status: number;
  readonly body: Record<string, string & number>;
  readonly headers: Headers;
}

async function post(path: string, form: Record<string, string>, headers = {}): Promise<Answer> {
  const body = new URLSearchParams({ client_id: 'impetus-cli', ...form });
  const response = await fetch(`${server}${path}`, { method: 'POST', body, headers });
  return {
    status: response.status,
    body: (await response.json()) as Answer['body'],
    headers: response.headers,
  };
}

const begin = (form: Record<string, string> = {}) =>
  post('/oauth/device_authorization', { scope: 'infer load', device_name: 'Laptop', ...form });
const poll = (device_code: string, form = {}) =>
  post('/oauth/token', { grant_type: deviceCodeGrantType, device_code, ...form });
const refresh = (refresh_token: string, form = {}) =>
  post('/oauth/token', { grant_type: 'refresh_token', refresh_token, ...form });
const models = async (token: string) =>
  (await fetch(`${server}/v1/models`, { headers: { authorization: `Bearer ${token}` } })).status;

async function tokens(scopes: ('infer' | 'load')[] = ['infer', 'load']) {
  const { body } = await begin();
  await owner().grants.approve.mutate({ userCode: body['user_code'] ?? '', scopes });
  const answer = await poll(body['device_code'] ?? '');
  expect(answer.status).toBe(200);
  return {
    access: answer.body['access_token'] ?? '',
    refresh: answer.body['refresh_token'] ?? '',
    scope: answer.body['scope'],
  };
}

it('tells clients where everything is', async () => {
  const metadata = await (await fetch(`${server}/.well-known/oauth-authorization-server`)).json();
  expect(metadata).toMatchObject({
    issuer: server,
    device_authorization_endpoint: `${server}/oauth/device_authorization`,
    token_endpoint: `${server}/oauth/token`,
    revocation_endpoint: `${server}/oauth/revoke`,
    jwks_uri: `${server}/.well-known/jwks.json`,
  });
  expect((await fetch(`${server}/.well-known/nothing`)).status).toBe(404);
});

it('a client shows its code, somebody enters it, and its tokens work wherever a key does', async () => {
  const { status, body, headers } = await begin();
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(body).toMatchObject({
    user_code: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/),
    verification_uri: `${server}/activate`,
    expires_in: 600,
    interval: 5,
  });
  expect((await poll(body['device_code'] ?? '')).body).toMatchObject({ error: 'authorization_pending' });
  const tooFast = await poll(body['device_code'] ?? '');
  expect([tooFast.status, tooFast.body['error']]).toEqual([400, 'slow_down']);

  const typed = (body['user_code'] ?? '').toLowerCase().replace('-', ' ');
  const request = await owner().grants.lookUp.mutate({ userCode: typed });
  expect(request).toMatchObject({ clientId: 'impetus-cli', deviceName: 'Laptop', scopes: ['infer', 'load'] });
});

it('tokens say what was approved, are checked by the published key, and list models', async () => {
  const granted = await tokens(['infer']);
  expect(granted.scope).toBe('infer');
  expect(await models(granted.access)).toBe(200);
  const { keys } = (await (await fetch(`${server}/.well-known/jwks.json`)).json()) as {
    keys: { kid: string }[];
  };
  expect(keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(granted.access).kid);
  const laptop = httpClient(test.agent, { authorization: `Bearer ${granted.access}` });
  expect(await laptop.models.list.query()).toBeInstanceOf(Array);
  await expect(laptop.models.load.mutate({ id: 'fake' })).rejects.toThrow('load');
  await expect(laptop.grants.list.query()).rejects.toThrow('admin');
  const [listed] = await owner().grants.list.query();
  expect(listed).toMatchObject({ deviceName: 'Laptop', scopes: ['infer'], createdBy: 'Test browser' });
});

describe('refreshing', () => {
  it('gives new tokens; an old refresh token that comes again ends them all', async () => {
    const first = await tokens();
    const second = await refresh(first.refresh);
    expect(second.status).toBe(200);
    const { access_token: access = '', refresh_token: next = '' } = second.body;
    expect(await models(access)).toBe(200);
    const reused = await refresh(first.refresh);
    expect([reused.status, reused.body['error']]).toEqual([400, 'invalid_grant']);
    expect(await models(access)).toBe(401);
    expect(await models(first.access)).toBe(401);
    expect((await refresh(next)).body['error']).toBe('invalid_grant');
    const { entries } = await owner().audit.list.query({ action: 'grants.token' });
    expect(entries[0]).toMatchObject({ outcome: 'refused', subject: 'Laptop' });
  });

  it('gives fewer scopes, never more; and only to the client whose token it is', async () => {
    const granted = await tokens(['infer']);
    expect((await refresh(granted.refresh, { scope: 'infer load' })).body['error']).toBe('invalid_scope');
    expect((await refresh(granted.refresh, { client_id: 'other' })).body['error']).toBe('invalid_grant');
    expect((await refresh(granted.refresh)).status).toBe(200);
  });
});

describe('access ends at once', () => {
  it('when it is revoked on the page', async () => {
    const granted = await tokens();
    const [grant] = await owner().grants.list.query();
    await owner().grants.revoke.mutate({ id: grant?.id ?? '' });
    expect(await models(granted.access)).toBe(401);
    expect((await refresh(granted.refresh)).body['error']).toBe('invalid_grant');
  });

  it('on the sockets that it has open', async () => {
    const { access } = await tokens();
    const headers = { authorization: `Bearer ${access}` };
    const socket = new WebSocket(`${server.replace('http', 'ws')}/trpc`, { headers });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    const [grant] = await owner().grants.list.query();
    await owner().grants.revoke.mutate({ id: grant?.id ?? '' });
    const [code, reason] = await closed;
    expect([code, String(reason)]).toEqual([1008, 'The access of this client was revoked.']);
  });

  it.each(['refresh', 'access'] as const)('when the client gives its %s token back', async (kind) => {
    const granted = await tokens();
    expect((await post('/oauth/revoke', { token: granted[kind], client_id: 'other' })).status).toBe(200);
    expect(await models(granted.access)).toBe(200);
    expect((await post('/oauth/revoke', { token: granted[kind] })).status).toBe(200);
    expect(await models(granted.access)).toBe(401);
    expect((await post('/oauth/revoke', { token: 'nothing' })).status).toBe(200);
  });
});

describe('refused', () => {
  it('in the form of RFC 6749', async () => {
    const cases: readonly [Promise<Answer>, number, string][] = [
      [begin({ client_id: '' }), 400, 'invalid_request'],
      [begin({ client_id: 'a b' }), 401, 'invalid_client'],
      [begin({ scope: 'everything' }), 400, 'invalid_scope'],
      [post('/oauth/token', { grant_type: 'password' }), 400, 'unsupported_grant_type'],
      [post('/oauth/token', {}), 400, 'invalid_request'],
      [poll('nothing'), 400, 'invalid_grant'],
      [refresh('nothing'), 400, 'invalid_grant'],
      [post('/oauth/token', {}, { origin: 'http://evil.example' }), 403, 'invalid_request'],
    ];
    for (const [answer, status, error] of cases) {
      const { body, ...rest } = await answer;
      expect([rest.status, body['error']]).toEqual([status, error]);
      expect(body['error_description']).toEqual(expect.any(String));
    }
    const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    expect((await fetch(`${server}/oauth/token`, json)).status).toBe(415);
    expect((await fetch(`${server}/oauth/token`)).status).toBe(405);
  });

  it('tokens that are not ours', async () => {
    const { access } = await tokens();
    const head = decodeProtectedHeader(access);
    const claims = decodeJwt(access);
    const { privateKey } = await generateKeyPair('EdDSA');
    const sign = (payload: object) =>
      new SignJWT({ ...claims, ...payload }).setProtectedHeader(head as never).sign(privateKey);
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { keys } = (await (await fetch(`${server}/.well-known/jwks.json`)).json()) as {
      keys: { x: string }[];
    };
    const hs = `${encode({ ...head, alg: 'HS256' })}.${encode(claims)}`;
    const mac = createHmac('sha256', Buffer.from(keys[0]?.x ?? '', 'base64url'))
      .update(hs)
      .digest('base64url');
    const [, body, signature] = access.split('.');
    for (const token of [
      await sign({}),
      await sign({ aud: 'urn:impetus:other' }),
      await sign({ iss: 'https://evil.example' }),
      await sign({ exp: Math.floor(Date.now() / 1000) + 1e6 }),
      `${encode({ ...head, alg: 'none' })}.${body}.`,
      `${hs}.${mac}`,
      `${encode(head)}.${encode({ ...claims, scope: 'admin' })}.${signature}`,
      access.slice(0, -4),
    ]) {
      expect(await models(token)).toBe(401);
    }
    expect(await models(access)).toBe(200);
  });

  it('codes that are denied, answered twice, used twice, or entered wrongly many times', async () => {
    const { body } = await begin();
    const userCode = body['user_code'] ?? '';
    await expect(owner().grants.approve.mutate({ userCode, scopes: ['admin'] })).rejects.toThrow('asked for');
    await owner().grants.deny.mutate({ userCode });
    await expect(owner().grants.approve.mutate({ userCode, scopes: ['infer'] })).rejects.toThrow(
      'No client waits',
    );
    expect((await poll(body['device_code'] ?? '')).body['error']).toBe('access_denied');

    const again = (await begin()).body;
    await owner().grants.approve.mutate({ userCode: again['user_code'] ?? '', scopes: ['infer'] });
    expect((await poll(again['device_code'] ?? '', { client_id: 'other' })).body['error']).toBe(
      'invalid_grant',
    );
    expect((await poll(again['device_code'] ?? '')).status).toBe(200);
    expect((await poll(again['device_code'] ?? '')).body['error']).toBe('invalid_grant');

    const wrong = Array.from({ length: 12 }, () => owner().grants.lookUp.mutate({ userCode: 'BBBB-BBBB' }));
    const reasons = (await Promise.allSettled(wrong)).map((each) =>
      String((each as PromiseRejectedResult).reason),
    );
    expect(reasons.at(-1)).toContain('Too many codes');
  });

  it('tokens of people who are not there, and approvals by keys', async () => {
    const { body } = await begin();
    const { key } = await owner().keys.create.mutate({ name: 'Admin', scopes: ['admin'] });
    const withKey = httpClient(test.agent, { authorization: `Bearer ${key}` });
    const input = { userCode: body['user_code'] ?? '', scopes: ['infer' as const] };
    await expect(withKey.grants.approve.mutate(input)).rejects.toThrow('needs a person');
  });
});
