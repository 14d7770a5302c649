import { ImpetusError, type ErrorCode } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { createAccess } from './access.ts';
import type { ApiKeys, Caller, Principal } from './types.ts';
import { bindVia } from './via.ts';

const holder: Principal = {
  kind: 'key',
  id: 'k',
  name: 'Laptop',
  scopes: ['infer'],
  userId: null,
  deviceId: null,
  sessionId: null,
  grantId: null,
};
const keys: Pick<ApiKeys, 'verify'> = {
  verify(key) {
    if (key === 'good') return holder;
    throw new ImpetusError('unauthorized', 'unknown');
  },
};
const access = createAccess({ keys, cliCredential: 'cli_secret' });

function caller(headers: Record<string, string>, remoteAddress = '127.0.0.1', method = 'POST'): Caller {
  const made = { method, headers: { host: 'localhost:1', ...headers }, socket: { remoteAddress } };
  bindVia(made, { listener: 'loopback', secure: false, hosts: new Set(['localhost:1']) });
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
    { cookie: 'impetus=good' },
  ])('is not found in %j', async (headers) => {
    expect(await refusal(() => access.withCredential(caller(headers)))).toBe('unauthorized');
  });

  it('of the command line is good on this computer alone', async () => {
    const headers = { authorization: 'Bearer cli_secret' };
    expect((await access.withCredential(caller(headers))).kind).toBe('cli');
    expect(await refusal(() => access.withCredential(caller(headers, '10.0.0.7')))).toBe('unauthorized');
  });

  it('is needed by the dialects, also on the agent’s own page', async () => {
    expect(await refusal(() => access.withCredential(caller({ origin: 'http://localhost:1' })))).toBe(
      'unauthorized',
    );
  });
});

describe('management', () => {
  it('knows the agent’s own page', async () => {
    expect((await access.forManagement(caller({ origin: 'http://localhost:1' }))).principal?.kind).toBe(
      'session',
    );
  });

  it('refuses a foreign Origin even with a good key', async () => {
    const headers = { origin: 'http://evil.example', authorization: 'Bearer good' };
    expect(await refusal(() => access.forManagement(caller(headers)))).toBe('origin_not_allowed');
  });

  it('does not fall back on the page when a key is bad', async () => {
    const headers = { origin: 'http://localhost:1', authorization: 'Bearer bad' };
    expect(await refusal(() => access.forManagement(caller(headers)))).toBe('unauthorized');
  });
});
