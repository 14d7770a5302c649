import { ImpetusError, type ErrorCode } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { createAccess } from './access.ts';
import type { ApiKeys, Caller, Principal } from './types.ts';

const holder: Principal = { kind: 'key', id: 'k', name: 'Laptop', scopes: ['infer'] };
const keys: Pick<ApiKeys, 'verify'> = {
  verify(key) {
    if (key === 'good') return holder;
    throw new ImpetusError('unauthorized', 'unknown');
  },
};
const access = createAccess({ keys, cliCredential: 'cli_secret' });

function caller(headers: Record<string, string>, remoteAddress = '127.0.0.1', method = 'POST'): Caller {
  return { method, headers: { host: 'localhost:1', ...headers }, socket: { remoteAddress } };
}

function refusal(decide: () => Principal): ErrorCode | 'let in' {
  try {
    decide();
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
  ])('is found in %j', (headers) => {
    expect(access.withCredential(caller(headers))).toBe(holder);
  });

  it.each<Record<string, string>>([
    {},
    { authorization: 'Basic good' },
    { authorization: 'good' },
    { authorization: '' },
    { authorization: 'Bearer bad', 'x-api-key': 'good' },
    { cookie: 'impetus=good' },
  ])('is not found in %j', (headers) => {
    expect(refusal(() => access.withCredential(caller(headers)))).toBe('unauthorized');
  });

  it('of the command line is good on this computer alone', () => {
    const headers = { authorization: 'Bearer cli_secret' };
    expect(access.withCredential(caller(headers)).kind).toBe('cli');
    expect(refusal(() => access.withCredential(caller(headers, '10.0.0.7')))).toBe('unauthorized');
  });

  it('is needed by the dialects, also on the agent’s own page', () => {
    expect(refusal(() => access.withCredential(caller({ origin: 'http://localhost:1' })))).toBe(
      'unauthorized',
    );
  });
});

describe('management', () => {
  it('knows the agent’s own page', () => {
    expect(access.forManagement(caller({ origin: 'http://localhost:1' })).kind).toBe('local');
  });

  it('refuses a foreign Origin even with a good key', () => {
    const headers = { origin: 'http://evil.example', authorization: 'Bearer good' };
    expect(refusal(() => access.forManagement(caller(headers)))).toBe('origin_not_allowed');
  });

  it('does not fall back on the page when a key is bad', () => {
    const headers = { origin: 'http://localhost:1', authorization: 'Bearer bad' };
    expect(refusal(() => access.forManagement(caller(headers)))).toBe('unauthorized');
  });
});
