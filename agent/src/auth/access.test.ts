import { ImpetusError, type ErrorCode } from '@impetus/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccess } from './access.ts';
import type { ApiKeys, Caller, Principal, Sessions } from './types.ts';
import { bindVia, type Via } from './via.ts';

const unbound = { userId: null, deviceId: null, sessionId: null, grantId: null };
const holder: Principal = { kind: 'key', id: 'k', name: 'Laptop', scopes: ['infer'], ...unbound };
const phone: Principal = { ...holder, kind: 'session', id: 'd', userId: 'u', deviceId: 'd', sessionId: 's' };
const program: Principal = { ...holder, kind: 'token', id: 't', grantId: 't' };

const keys: Pick<ApiKeys, 'verify'> = {
  verify(key) {
    if (key === 'good') return holder;
    throw new ImpetusError('unauthorized', 'unknown');
  },
};
const sessions: Pick<Sessions, 'check'> = {
  async check(token) {
    if (token === 'new') return { principal: phone, renewed: null };
    if (token !== 'old') return null;
    return { principal: phone, renewed: { sessionId: 's', token: 'newer', endsAt: new Date() } };
  },
};
let needed = false;
let ollamaWithoutKey = false;
const access = createAccess({
  keys,
  sessions,
  setup: { needed: () => needed },
  cliCredential: 'cli_secret',
  ollamaWithoutKey: () => ollamaWithoutKey,
  verifiers: [{ recognises: (credential) => credential.includes('.'), verify: () => program }],
});

const loopback: Via = { listener: 'loopback', secure: false, hosts: new Set(['localhost:1']) };
const lan: Via = { listener: 'lan', secure: true, hosts: new Set(['mac.local:2']) };
const own = { origin: 'http://localhost:1' };

interface Sent {
  readonly method?: string;
  readonly remoteAddress?: string;
  readonly via?: Via;
}

function caller(headers: Record<string, string>, sent: Sent = {}): Caller {
  const { method = 'POST', remoteAddress = '127.0.0.1', via = loopback } = sent;
  const [host = ''] = via.hosts;
  const made = { method, headers: { host, ...headers }, socket: { remoteAddress } };
  bindVia(made, via);
  return made;
}

async function refusal(decide: () => Promise<unknown>): Promise<ErrorCode | 'let in'> {
  try {
    await decide();
    return 'let in';
  } catch (error) {
    return (error as ImpetusError).code;
  }
}

describe('Ollama’s API without a key', () => {
  beforeEach(() => (ollamaWithoutKey = true));
  afterEach(() => (ollamaWithoutKey = false));

  it('is for programs on this computer, to use models and nothing else', async () => {
    for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      const { kind, scopes } = await access.forOllama(caller({ 'user-agent': 'x' }, { remoteAddress }));
      expect({ kind, scopes }).toEqual({ kind: 'local', scopes: ['infer'] });
    }
  });

  it.each<[string, Record<string, string>, Sent]>([
    ['other devices', {}, { via: lan, remoteAddress: '192.168.1.7' }],
    ['this computer through the listener for others', {}, { via: lan }],
    ['an address that is not this computer’s', {}, { remoteAddress: '192.168.1.7' }],
    ['pages, the agent’s own as well', own, {}],
    ['pages that name no origin', { 'sec-fetch-site': 'cross-site' }, {}],
    ['tunnels and proxies', { 'x-forwarded-for': '203.0.113.7' }, {}],
    ['those who show a wrong key', { authorization: 'Bearer bad' }, {}],
    ['cookies', { cookie: 'impetus-1=new' }, {}],
  ])('is not for %s', async (_, headers, sent) => {
    expect(await refusal(() => access.forOllama(caller(headers, sent)))).toBe('unauthorized');
  });

  it('opens no other API', async () => {
    expect(await refusal(() => access.withCredential(caller({})))).toBe('unauthorized');
    expect((await access.forManagement(caller({}))).principal).toBeNull();
  });
});

describe('a credential', () => {
  it.each<Record<string, string>>([
    { authorization: 'Bearer good' },
    { authorization: 'bearer good' },
    { authorization: 'BEARER  good ' },
    { 'x-api-key': 'good' },
    { 'api-key': 'good' },
  ])('is found in %j', async (headers) => {
    expect(await access.withCredential(caller(headers))).toBe(holder);
  });

  it.each<Record<string, string>>([
    {},
    { authorization: 'Basic good' },
    { authorization: 'good' },
    { authorization: '' },
    { authorization: 'Bearer bad', 'x-api-key': 'good' },
    { cookie: 'impetus-1=new' },
  ])('is not found in %j', async (headers) => {
    expect(await refusal(() => access.withCredential(caller(headers)))).toBe('unauthorized');
  });

  it('of the command line is good on this computer alone', async () => {
    const headers = { authorization: 'Bearer cli_secret' };
    expect((await access.withCredential(caller(headers))).kind).toBe('cli');
    const elsewhere = caller(headers, { remoteAddress: '10.0.0.7' });
    expect(await refusal(() => access.withCredential(elsewhere))).toBe('unauthorized');
    // The LAN listener has a loopback address too.
    expect(await refusal(() => access.withCredential(caller(headers, { via: lan })))).toBe('unauthorized');
  });

  it('of another form is judged by those who know it', async () => {
    expect(await access.withCredential(caller({ authorization: 'Bearer a.b.c' }))).toBe(program);
  });

  it('is needed by the dialects, also on the agent’s own page', async () => {
    expect(await refusal(() => access.withCredential(caller(own)))).toBe('unauthorized');
  });

  it('is needed for Ollama’s API too, unless the owner says otherwise', async () => {
    expect(await refusal(() => access.forOllama(caller({})))).toBe('unauthorized');
    expect(await access.forOllama(caller({ authorization: 'Bearer good' }))).toBe(holder);
  });

  it('from a request that no listener vouched for is no refusal but a defect', async () => {
    const stray = { headers: { authorization: 'Bearer good' }, socket: {} };
    await expect(access.withCredential(stray)).rejects.toThrow('no known listener');
  });
});

describe('management', () => {
  const cookie = { cookie: 'impetus-1=new' };

  it('knows a browser by its cookie', async () => {
    expect(await access.forManagement(caller({ ...own, ...cookie }))).toMatchObject({
      principal: phone,
      setCookie: null,
    });
    const secure = caller({ origin: 'https://mac.local:2', cookie: '__Host-impetus=new' }, { via: lan });
    expect((await access.forManagement(secure)).principal).toBe(phone);
  });

  it('renews a cookie, and takes away one that is worth nothing', async () => {
    const renewed = await access.forManagement(caller({ ...own, cookie: 'impetus-1=old' }));
    expect([renewed.principal, renewed.setCookie]).toEqual([
      phone,
      expect.stringContaining('impetus-1=newer;'),
    ]);
    const ended = await access.forManagement(caller({ ...own, cookie: 'impetus-1=forged' }));
    expect([ended.principal, ended.setCookie]).toEqual([null, expect.stringContaining('Max-Age=0')]);
  });

  it('lets no cookie change anything without an Origin', async () => {
    expect(await refusal(() => access.forManagement(caller(cookie)))).toBe('origin_not_allowed');
    expect((await access.forManagement(caller(cookie, { method: 'GET' }))).principal).toBe(phone);
    const upgrade = caller(cookie, { method: 'GET' });
    expect(await refusal(() => access.forManagement(upgrade, { upgrade: true }))).toBe('origin_not_allowed');
  });

  it('refuses a foreign Origin whatever it knows', async () => {
    const origin = 'http://evil.example';
    for (const headers of [{ origin, authorization: 'Bearer good' }, { origin, ...cookie }, { origin }]) {
      expect(await refusal(() => access.forManagement(caller(headers)))).toBe('origin_not_allowed');
    }
  });

  it('does not fall back on the cookie when a key is bad', async () => {
    const headers = { ...own, ...cookie, authorization: 'Bearer bad' };
    expect(await refusal(() => access.forManagement(caller(headers)))).toBe('unauthorized');
  });

  it('says to those it does not know what to do', async () => {
    expect((await access.forManagement(caller(own))).refusal?.message).toContain('Sign in first');
    needed = true;
    expect((await access.forManagement(caller(own))).refusal?.message).toContain('set-up link');
    needed = false;
  });
});
