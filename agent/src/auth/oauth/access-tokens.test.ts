import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@impetus/test-kit';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signAccessToken, verifyAccessToken } from './access-tokens.ts';
import { accessTokenSeconds, clockToleranceSeconds, signingMs } from './key-ring.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const issuer = 'https://impetus-test.local:8443';
const claims = {
  grantId: 'grant',
  userId: 'ada',
  clientId: 'impetus-cli',
  scopes: ['infer', 'load'],
} as const;

const folder = await temporaryFolder();
const path = join(folder.path, 'keys.json');
let time = 1.8e12;
const now = () => time;
let keys: SigningKeys;
beforeAll(async () => {
  keys = await openSigningKeys(path, silent, now);
});
afterAll(() => folder[Symbol.asyncDispose]());

const sign = () => signAccessToken(keys, issuer, claims, time);
const verify = (token: string, ring = keys) => verifyAccessToken(ring, [issuer], token, time);

/** A token as ours in everything but what is named. */
async function forged(changes: { header?: object; payload?: object; key?: Parameters<SignJWT['sign']>[0] }) {
  const token = await sign();
  const header = { ...decodeProtectedHeader(token), ...changes.header };
  const payload = { ...decodeJwt(token), ...changes.payload };
  return new SignJWT(payload)
    .setProtectedHeader(header as never)
    .sign(changes.key ?? (await keys.current()).key);
}

describe('an access token', () => {
  it('says for whom and what it is, and is good for a quarter of an hour', async () => {
    const token = await sign();
    expect(await verify(token)).toEqual(claims);
    const { iat = 0, exp = 0, aud, iss, sub } = decodeJwt(token);
    expect([exp - iat, aud, iss, sub]).toEqual([accessTokenSeconds, keys.audience, issuer, 'ada']);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
    time += (accessTokenSeconds + clockToleranceSeconds - 1) * 1000;
    expect(await verify(token)).toEqual(claims);
    time += 1000;
    await expect(verify(token)).rejects.toThrow('has expired');
  });

  it('is refused when anything about it is not ours', async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    const published = keys.published()[0];
    const hmacKey = Buffer.from(published?.x ?? '', 'base64url');
    const hs256 = { alg: 'HS256', kid: published?.kid, typ: 'at+jwt' };
    const unsigned = new UnsecuredJWT({ ...decodeJwt(await sign()) }).encode();
    const parts = (await sign()).split('.');
    const body = Buffer.from(JSON.stringify({ ...decodeJwt(await sign()), scope: 'admin' })).toString(
      'base64url',
    );
    const hsHead = Buffer.from(JSON.stringify(hs256)).toString('base64url');
    const hsMac = createHmac('sha256', hmacKey).update(`${hsHead}.${parts[1]}`).digest('base64url');
    const seconds = Math.floor(time / 1000);
    const tokens: Record<string, string> = {
      'another key': await forged({ key: privateKey }),
      'an unknown kid': await forged({ header: { kid: 'nobody' } }),
      'no kid': await forged({ header: { kid: undefined } }),
      'another type': await forged({ header: { typ: 'JWT' } }),
      'another audience': await forged({ payload: { aud: 'urn:impetus:other' } }),
      'another issuer': await forged({ payload: { iss: 'https://evil.example' } }),
      'no expiry': await forged({ payload: { exp: undefined } }),
      'not yet good': await forged({ payload: { nbf: seconds + 120 } }),
      'no subject': await forged({ payload: { sub: undefined } }),
      'no grant': await forged({ payload: { grant: undefined } }),
      'alg none': unsigned,
      'HS256 with the public key': `${hsHead}.${parts[1]}.${hsMac}`,
      'a changed body': `${parts[0]}.${body}.${parts[2]}`,
      'no signature': `${parts[0]}.${parts[1]}.`,
      'too long': `${'eyJ'.repeat(2000)}.a.b`,
    };
    for (const [what, token] of Object.entries(tokens)) {
      await expect(verify(token), what).rejects.toMatchObject({ code: 'unauthorized' });
    }
    await expect(verifyAccessToken(keys, ['https://else'], await sign(), time)).rejects.toThrow('not valid');
  });
});

describe('the keys', () => {
  it('are in a file that only its owner can read, and outlive a restart', async () => {
    const token = await sign();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await openSigningKeys(path, silent, now);
    expect(again.audience).toBe(keys.audience);
    expect(await verify(token, again)).toEqual(claims);
  });

  it('are published without their secret', () => {
    const secret = (JSON.parse(readFileSync(path, 'utf8')) as { keys: [{ jwk: { d: string } }] }).keys[0].jwk
      .d;
    expect(JSON.stringify(keys.published())).not.toContain(secret);
    expect(Object.keys(keys.published()[0] ?? {}).toSorted()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
    ]);
  });

  it('rotate by themselves, and the old one verifies until its tokens have expired', async () => {
    const before = await keys.current();
    const token = await sign();
    time += signingMs;
    const after = await keys.current();
    expect(after.kid).not.toBe(before.kid);
    expect(keys.published().map(({ kid }) => kid)).toContain(after.kid);
    expect(keys.verifier(before.kid)).toBeDefined();
    time += (accessTokenSeconds + clockToleranceSeconds) * 1000;
    expect(keys.verifier(decodeProtectedHeader(token).kid ?? '')).toBeUndefined();
  });

  it('are made anew where their file is half written', async () => {
    const broken = join(folder.path, `${randomUUID()}.json`);
    writeFileSync(broken, '{"audience": "urn:');
    const fresh = await openSigningKeys(broken, silent, now);
    const token = await signAccessToken(fresh, issuer, claims, time);
    expect(await verify(token, fresh)).toEqual(claims);
    await expect(verify(token)).rejects.toMatchObject({ code: 'unauthorized' });
  });
});
