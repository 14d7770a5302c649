import { join } from 'node:path';
import type { UserInfo } from '@impetus/contracts';
import { temporaryFolder } from '@impetus/test-kit';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/connection.ts';
import { migrate } from '../../db/migrate.ts';
import type { Principal } from '../types.ts';
import { createPasskeys } from './passkeys.ts';
import { siteOf } from './site.ts';
import { StoredPasskeys } from './stored-passkeys.ts';
import { SoftwareAuthenticator } from './testing/authenticator.ts';

const folder = await temporaryFolder();
const connection = openDatabase(join(folder.path, 'test.db'));
await migrate(connection, { backups: join(folder.path, 'backups') });
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const site = siteOf('https://impetus-test.local:8443');
const ada: UserInfo = {
  id: 'user-ada',
  name: 'Ada',
  owner: true,
  scopes: ['admin'],
  mustChangePassword: false,
  createdAt: '',
  createdBy: '',
  lastSignInAt: null,
};
const by: Principal = {
  kind: 'session',
  id: 'mac',
  name: 'Mac',
  scopes: ['admin'],
  userId: ada.id,
  deviceId: 'mac',
  sessionId: 's',
  grantId: null,
};
await connection.db
  .insertInto('users')
  .values({
    id: ada.id,
    name: 'Ada',
    name_key: 'ada',
    password_hash: '',
    one_time_until: null,
    owner: 1,
    scopes: '["admin"]',
    created_at: '',
    created_by: '',
    last_sign_in_at: null,
  })
  .execute();

const open = () =>
  createPasskeys({
    stored: new StoredPasskeys(connection.db),
    users: { find: (id) => (id === ada.id ? ada : undefined) },
  });

beforeEach(async () => {
  await connection.db.deleteFrom('passkeys').execute();
});

async function registered() {
  const passkeys = open();
  const key = new SoftwareAuthenticator();
  const { challenge } = await passkeys.registrationOptions(by, site);
  await passkeys.register({ name: 'Phone', response: key.register({ site, challenge }) }, by, site);
  const answer = async (changes: object = {}, userId = ada.id) => {
    key.counter += 1;
    const options = await passkeys.signInOptions(site);
    return key.signIn({ site, challenge: options.challenge, ...changes }, userId);
  };
  return { passkeys, key, answer };
}

it('a passkey is made, used, renamed and removed', async () => {
  const { passkeys, key, answer } = await registered();
  expect(await passkeys.signIn(await answer(), site, '::1')).toBe(ada);
  const [listed] = await passkeys.list(by);
  expect(listed).toMatchObject({ id: key.id, name: 'Phone', synced: false, lastUsedAt: expect.any(String) });
  await passkeys.rename({ id: key.id, name: 'Old phone' }, by);
  expect((await passkeys.list(by))[0]?.name).toBe('Old phone');
  await passkeys.remove(key.id, by);
  expect(await passkeys.list(by)).toEqual([]);
  await expect(passkeys.signIn(await answer(), site, '::1')).rejects.toMatchObject({ code: 'unauthorized' });
  await expect(passkeys.remove(key.id, by)).rejects.toMatchObject({ code: 'not_found' });
});

describe('signing in is refused', () => {
  it('with an answer that was used before', async () => {
    const { passkeys, answer } = await registered();
    const response = await answer();
    await passkeys.signIn(response, site, '::1');
    await expect(passkeys.signIn(response, site, '::1')).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('with a counter that went back', async () => {
    const { passkeys, key, answer } = await registered();
    key.counter = 10;
    await passkeys.signIn(await answer(), site, '::1');
    key.counter = 3;
    await expect(passkeys.signIn(await answer(), site, '::1')).rejects.toMatchObject({
      code: 'unauthorized',
    });
    key.counter = 20;
    expect(await passkeys.signIn(await answer(), site, '::1')).toBe(ada);
  });

  it.each([
    ['from another origin', { origin: 'https://evil.example' }],
    ['for another name', { site: siteOf('https://evil.example') }],
    ['inside another page', { crossOrigin: true }],
    ['without a person', { flags: 0x01 }],
    ['with a challenge that is not ours', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ])('%s', async (_, changes) => {
    const { passkeys, answer } = await registered();
    await expect(passkeys.signIn(await answer(changes), site, '::1')).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('not accepted'),
    });
  });

  it('as another user, and with another key', async () => {
    const { passkeys, key, answer } = await registered();
    await expect(passkeys.signIn(await answer({}, 'user-eve'), site, '::1')).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const stranger = new SoftwareAuthenticator();
    const { challenge } = await passkeys.signInOptions(site);
    const forged = { ...stranger.signIn({ site, challenge }, ada.id), id: key.id, rawId: key.id };
    await expect(passkeys.signIn(forged, site, '::1')).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('after many tries from one address', async () => {
    const { passkeys, answer } = await registered();
    const tries = Array.from({ length: 11 }, () => answer({ origin: 'https://evil.example' }));
    const codes: unknown[] = [];
    for (const each of tries) {
      codes.push(await passkeys.signIn(await each, site, '10.0.0.1').catch((error: unknown) => error));
    }
    expect(codes.at(-1)).toMatchObject({ code: 'rate_limited' });
    expect(await passkeys.signIn(await answer(), site, '10.0.0.2')).toBe(ada);
  });
});

describe('making one is refused', () => {
  it('with a challenge for signing in, or one that was used', async () => {
    const passkeys = open();
    const key = new SoftwareAuthenticator();
    const make = (challenge: string) =>
      passkeys.register({ name: 'Phone', response: key.register({ site, challenge }) }, by, site);
    await expect(make((await passkeys.signInOptions(site)).challenge)).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const { challenge } = await passkeys.registrationOptions(by, site);
    await make(challenge);
    await expect(make(challenge)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(make((await passkeys.registrationOptions(by, site)).challenge)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('at an address, and for whoever is not a person', async () => {
    const passkeys = open();
    await expect(passkeys.registrationOptions(by, siteOf('https://192.168.1.20:8443'))).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
    await expect(passkeys.registrationOptions({ ...by, kind: 'token' }, site)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
