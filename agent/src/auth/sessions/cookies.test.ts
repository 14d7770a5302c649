import { describe, expect, it } from 'vitest';
import type { Via } from '../via.ts';
import { noCookie, readCookie, sessionCookie } from './cookies.ts';

const loopback: Via = { listener: 'loopback', secure: false, hosts: new Set(['localhost:8080']) };
const lan: Via = { listener: 'lan', secure: true, hosts: new Set(['impetus-k4rt.local:8443']) };
const soon = new Date(Date.now() + 60_000);

describe('the cookie', () => {
  it('over https is bound to its host and to TLS', () => {
    expect(sessionCookie(lan, 'abc', soon)).toBe(
      '__Host-impetus=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Strict; Secure',
    );
  });

  it('on loopback is as strict as plain http allows', () => {
    expect(sessionCookie(loopback, 'abc', soon)).toBe(
      'impetus-8080=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Strict',
    );
    expect(noCookie(loopback)).toContain('impetus-8080=; Max-Age=0;');
  });

  it.each([
    ['impetus-8080=abc', 'abc'],
    ['a=b; impetus-8080=abc; c=d', 'abc'],
    ['impetus-8080=a=b', 'a=b'],
    ['impetus-8081=abc', undefined],
    ['__Host-impetus=abc', undefined],
    ['ximpetus-8080=abc', undefined],
    ['impetus-8080', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is found in %j as %j', (header, token) => {
    expect(readCookie(loopback, header)).toBe(token);
  });
});
