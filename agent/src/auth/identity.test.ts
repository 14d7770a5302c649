import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { scopes, type AuditEntry, type Scope } from '@impetus/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, type Connection } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import type { AccessEnded } from '../events/access-ended.ts';
import { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import { openIdentity, type Identity } from './identity.ts';
import type { BegunSession, CheckedSession } from './types.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const feed: StateFeed = {
  publish() {},
  async *subscribe() {},
};
const lifetimes = {
  absoluteMs: 90_000,
  idleMs: 30_000,
  rotateAfterMs: 1_000,
  graceMs: 60,
  reissueAfterMs: 50,
};
const password = 'tulips on the sill';
const at = { address: '10.0.0.7' };

let folder: string;
let connection: Connection;
let bus: EventBus;
let identity: Identity;
let ended: AccessEnded[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
  folder = mkdtempSync(join(os.tmpdir(), 'impetus-identity-'));
  connection = openDatabase(join(folder, 'test.db'));
  await migrate(connection, { backups: join(folder, 'backups') });
  bus = new EventBus();
  ended = [];
  bus.on('access-ended', (event) => ended.push(event));
  await open();
});
afterEach(async () => {
  vi.useRealTimers();
  await identity[Symbol.asyncDispose]();
  await connection[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<void> {
  const auditLimits = () => ({ maxAgeDays: 30, maxEntries: 1_000 });
  identity = await openIdentity({ db: connection.db, bus, feed, log, lifetimes, auditLimits });
}

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

async function signedIn(given: readonly Scope[] = scopes, expiresAt: string | null = null) {
  const owner = identity.users.owner() ?? (await identity.users.createOwner({ name: 'Maria', password }));
  const device = await identity.devices.create({
    name: 'Phone',
    kind: 'phone',
    scopes: given,
    userId: owner.id,
    createdBy: 'test',
    address: null,
    expiresAt,
  });
  const session = await identity.sessions.begin({
    userId: owner.id,
    deviceId: device.id,
    address: null,
    userAgent: 'test',
  });
  return { owner, device, session };
}

const check = ({ token }: Pick<BegunSession, 'token'>): Promise<CheckedSession | null> =>
  identity.sessions.check(token, at.address);

async function renewedOf(session: Pick<BegunSession, 'token'>): Promise<BegunSession> {
  const renewed = (await check(session))?.renewed;
  if (!renewed) throw new Error('It was not renewed.');
  return renewed;
}

async function audit(): Promise<AuditEntry[]> {
  return [...(await identity.audit.list({ limit: 200 })).entries];
}

describe('a session', () => {
  it('stands for its device and outlives a restart', async () => {
    const { owner, device, session } = await signedIn(['infer', 'load']);
    const principal = {
      kind: 'session',
      id: device.id,
      name: 'Phone',
      scopes: ['infer', 'load'],
      userId: owner.id,
      deviceId: device.id,
      sessionId: session.sessionId,
    };
    expect(await check(session)).toMatchObject({ principal, renewed: null });
    await open();
    expect(await check(session)).toMatchObject({ principal });
  });

  it('changes its token as it is used; the old one is good for requests under way, and no longer', async () => {
    const { session } = await signedIn();
    await check(session);
    later(lifetimes.rotateAfterMs);
    const next = await renewedOf(session);
    expect((await check(next))?.principal.sessionId).toBe(session.sessionId);
    // Those that were sent side by side still carry the old one.
    expect(await check(session)).toMatchObject({ renewed: null });
    later(lifetimes.graceMs);
    expect(await check(session)).toBeNull();
  });

  it('that is replayed ends for whoever has it, and the audit says so', async () => {
    const { session } = await signedIn();
    await check(session);
    later(lifetimes.rotateAfterMs);
    const next = await renewedOf(session);
    await check(next);
    later(lifetimes.graceMs);
    expect(await check(session)).toBeNull();
    expect(await check(next)).toBeNull();
    expect(ended).toMatchObject([{ of: 'session', id: session.sessionId }]);
    expect(await audit()).toMatchObject([
      { action: 'session.replayed', outcome: 'refused', address: at.address, subject: session.sessionId },
    ]);
    await open();
    expect(await check(next)).toBeNull();
  });

  it('is not lost with an answer that never came: the old token is good until the new one was used', async () => {
    const { session } = await signedIn();
    await check(session);
    later(lifetimes.rotateAfterMs);
    await renewedOf(session);
    // Requests side by side get one new token, not one each.
    expect((await check(session))?.renewed).toBeNull();
    later(lifetimes.idleMs / 3);
    const second = await renewedOf(session);
    expect(await check(second)).not.toBeNull();
  });

  it('ends after its absolute lifetime however much it is used', async () => {
    const { session } = await signedIn();
    let current: BegunSession = session;
    for (let passed = 0; passed < lifetimes.absoluteMs - 2_000; passed += 2_000) {
      later(2_000);
      const checked = await check(current);
      expect(checked).not.toBeNull();
      current = checked?.renewed ?? current;
    }
    later(2_000);
    expect(await check(current)).toBeNull();
    expect(ended.at(-1)).toMatchObject({ of: 'session', id: session.sessionId });
  });

  it('may do no more than its device and its user may', async () => {
    await signedIn();
    const { user } = await identity.users.create(
      { name: 'Otto', scopes: ['infer'] },
      { name: 'Maria', userId: null },
    );
    const made = { kind: 'phone', userId: user.id, createdBy: 'test', address: null } as const;
    const device = await identity.devices.create({ name: 'Otto’s', scopes, ...made });
    const from = { address: null, userAgent: null };
    const session = await identity.sessions.begin({ userId: user.id, deviceId: device.id, ...from });
    expect((await check(session))?.principal.scopes).toEqual(['infer']);
    await identity.users.update({ id: user.id, scopes: ['infer', 'load'] });
    expect(ended.at(-1)).toMatchObject({ of: 'user', id: user.id, changed: true });
    expect((await check(session))?.principal.scopes).toEqual(['infer', 'load']);
  });

  it('ends alone, or with all others of the user but one', async () => {
    const [one, two, three] = [await signedIn(), await signedIn(), await signedIn()];
    await identity.sessions.revoke(one.session.sessionId);
    expect(await check(one.session)).toBeNull();
    await identity.sessions.revokeOfUser(two.owner.id, { exceptId: three.session.sessionId });
    expect(await check(two.session)).toBeNull();
    expect(await check(three.session)).not.toBeNull();
    await expect(identity.sessions.revoke(one.session.sessionId)).rejects.toThrow('no such session');
  });
});

describe('a device', () => {
  it('that is revoked takes its sessions and its keys with it, also after a restart', async () => {
    const { device, session } = await signedIn();
    const other = await signedIn();
    const { key } = await identity.keys.create({ name: 'K', scopes: ['infer'], deviceId: device.id });
    expect(identity.keys.verify(key).deviceId).toBe(device.id);
    await identity.devices.revoke(device.id);
    for (const round of ['at once', 'after a restart']) {
      expect([round, await check(session)]).toEqual([round, null]);
      expect(() => identity.keys.verify(key)).toThrow('was revoked');
      expect(await check(other.session)).not.toBeNull();
      await open();
    }
    expect(ended).toMatchObject([{ of: 'device', id: device.id }]);
  });

  it('of a guest is over when its time is', async () => {
    const expiresAt = new Date(Date.now() + 5_000).toISOString();
    const { device, session } = await signedIn(['infer'], expiresAt);
    expect(await check(session)).not.toBeNull();
    later(5_000);
    expect(await check(session)).toBeNull();
    expect(identity.devices.overdue()).toEqual([device.id]);
  });
});

describe('a user', () => {
  const signIn = (name: string, given: string, newPassword?: string) =>
    identity.users.signIn({ name, password: given, newPassword, ...at });

  it('signs in by name and password, whatever the capitals of the name', async () => {
    const { owner } = await signedIn();
    expect((await signIn('  mARIA ', password)).id).toBe(owner.id);
    await expect(signIn('Maria', 'wrong')).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(signIn('Nobody', password)).rejects.toThrow('The name or the password is not right.');
  });

  it('has to wait after a few wrong passwords, with the right one too', async () => {
    await signedIn();
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(signIn('Maria', `wrong ${tries}`)).rejects.toMatchObject({ code: 'unauthorized' });
    }
    await expect(signIn('Maria', password)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('who was made by another chooses a password at the first sign-in, which is the last of the old', async () => {
    await signedIn();
    const made = await identity.users.create(
      { name: 'Otto', scopes: ['infer'] },
      { name: 'Maria', userId: null },
    );
    await expect(signIn('Otto', made.password)).rejects.toMatchObject({
      code: 'conflict',
      param: 'newPassword',
    });
    await expect(signIn('Otto', made.password, 'short')).rejects.toMatchObject({ param: 'newPassword' });
    // As people type it.
    const typed = made.password.replaceAll('-', ' ').toUpperCase();
    expect(await signIn('Otto', typed, 'a horse of my own')).toMatchObject({ mustChangePassword: false });
    await expect(signIn('Otto', made.password)).rejects.toMatchObject({ code: 'unauthorized' });
    expect((await signIn('Otto', 'a horse of my own')).name).toBe('Otto');
  });

  it('finds a one-time password worthless after its time', async () => {
    await signedIn();
    const made = await identity.users.create(
      { name: 'Otto', scopes: ['infer'] },
      { name: 'Maria', userId: null },
    );
    vi.setSystemTime(Date.parse(made.expiresAt));
    await expect(signIn('Otto', made.password, 'a horse of my own')).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('changes the password with the old one alone, and the other sessions end', async () => {
    const [here, elsewhere] = [await signedIn(), await signedIn()];
    const change = {
      id: here.owner.id,
      next: 'roses in the garden',
      exceptSessionId: here.session.sessionId,
    };
    await expect(identity.users.changePassword({ ...change, current: 'wrong', ...at })).rejects.toMatchObject(
      {
        code: 'forbidden',
        param: 'current',
      },
    );
    await identity.users.changePassword({ ...change, current: password, ...at });
    expect(await check(elsewhere.session)).toBeNull();
    expect(await check(here.session)).not.toBeNull();
    await expect(signIn('Maria', password)).rejects.toMatchObject({ code: 'unauthorized' });
    expect((await signIn('Maria', 'roses in the garden')).id).toBe(here.owner.id);
  });

  it('who is removed is out, with devices, sessions and keys', async () => {
    await signedIn();
    const { user } = await identity.users.create(
      { name: 'Otto', scopes: [...scopes] },
      { name: 'Maria', userId: null },
    );
    const made = { kind: 'phone', userId: user.id, createdBy: 'test', address: null } as const;
    const device = await identity.devices.create({ name: 'Otto’s', scopes, ...made });
    const from = { address: null, userAgent: null };
    const session = await identity.sessions.begin({ userId: user.id, deviceId: device.id, ...from });
    const { key } = await identity.keys.create(
      { name: 'K', scopes: ['infer'] },
      { name: 'Otto', userId: user.id },
    );
    await identity.users.remove(user.id);
    expect(await check(session)).toBeNull();
    expect(identity.devices.find(device.id)).toBeUndefined();
    expect(() => identity.keys.verify(key)).toThrow('was revoked');
    await expect(identity.users.remove(identity.users.owner()?.id ?? '')).rejects.toThrow('owner cannot');
  });

  it('owns the agent alone, however many try at once', async () => {
    const code = identity.setup.code() ?? '';
    const tries = ['A', 'B', 'C'].map((name) => identity.setup.finish({ code, name, password, ...at }));
    const made = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
    expect(made).toHaveLength(1);
    expect(identity.users.list()).toHaveLength(1);
    expect(identity.setup.code()).toBeNull();
  });
});

describe('the database, stolen', () => {
  it('holds no secret that works', async () => {
    const { session } = await signedIn();
    const { key } = await identity.keys.create({ name: 'K', scopes: ['infer'] });
    const made = await identity.users.create(
      { name: 'Otto', scopes: ['infer'] },
      { name: 'Maria', userId: null },
    );
    connection.sqlite.pragma('wal_checkpoint(truncate)');
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(join(folder, 'test.db'));
    for (const secret of [
      session.token,
      key.split('_')[2] ?? '',
      made.password,
      made.password.replaceAll('-', ''),
      password,
    ]) {
      expect(bytes.includes(secret)).toBe(false);
    }
  });
});

describe('the audit', () => {
  const refused = (address: string) =>
    identity.audit.record({
      action: 'access',
      outcome: 'refused',
      address,
      detail: { code: 'unauthorized' },
    });
  const settled = async () => {
    await identity.audit[Symbol.asyncDispose]();
    return audit();
  };

  it('counts refused tries that repeat in one entry', async () => {
    for (let n = 0; n < 1_000; n += 1) refused('10.0.0.1');
    refused('10.0.0.2');
    expect((await settled()).map(({ address, count }) => [address, count])).toEqual([
      ['10.0.0.2', 1],
      ['10.0.0.1', 1_000],
    ]);
  });

  it('is not filled by a flood from everywhere', async () => {
    for (let n = 0; n < 5_000; n += 1) refused(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
    const { entries, next } = await identity.audit.list({ limit: 200 });
    await settled();
    expect(entries.length).toBeLessThanOrEqual(200);
    const all = await connection.db.selectFrom('audit').select('count').execute();
    expect(all.length).toBeLessThanOrEqual(201);
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
    expect(next === null || next > 0).toBe(true);
  });

  it('is filtered, paged and exported', async () => {
    for (let n = 1; n <= 7; n += 1) {
      identity.audit.record({
        action: n % 2 === 0 ? 'keys.create' : 'devices.revoke',
        subject: `thing ${n}`,
      });
    }
    await settled();
    const first = await identity.audit.list({ limit: 3 });
    expect(first.entries.map(({ subject }) => subject)).toEqual(['thing 7', 'thing 6', 'thing 5']);
    const second = await identity.audit.list({ limit: 3, before: first.next ?? 0 });
    expect(second.entries.map(({ subject }) => subject)).toEqual(['thing 4', 'thing 3', 'thing 2']);
    expect((await identity.audit.list({ limit: 50, action: 'keys' })).entries).toHaveLength(3);
    expect((await identity.audit.list({ limit: 50, text: 'THING 4' })).entries).toHaveLength(1);
    expect((await identity.audit.list({ limit: 50, text: '%' })).entries).toHaveLength(0);
    const exported: AuditEntry[] = [];
    for await (const entry of identity.audit.entries({ action: 'devices.revoke' })) exported.push(entry);
    expect(exported.map(({ subject }) => subject)).toEqual(['thing 1', 'thing 3', 'thing 5', 'thing 7']);
    expect(await identity.audit.facets()).toMatchObject({ actions: ['devices.revoke', 'keys.create'] });
  });
});
