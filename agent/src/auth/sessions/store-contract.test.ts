import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, type Connection } from '../../db/connection.ts';
import { migrate } from '../../db/migrate.ts';
import { luciaSessionStore } from './lucia-store.ts';
import { plainSessionStore } from './plain-store.ts';
import { hashToken } from './token-hash.ts';
import { StoredTokens } from './token-table.ts';
import type { SessionStore } from './types.ts';

const idleMs = 1_000_000;
const start = Date.parse('2026-03-01T12:00:00Z');
const user = 'u1';

let folder: string;
let connection: Connection;
let users: Set<string>;

async function addRows(): Promise<void> {
  const created = { created_at: 'now', created_by: 'test' };
  for (const id of [user, 'u2']) {
    const account = {
      id,
      name: id,
      name_key: id,
      password_hash: '',
      one_time_until: null,
      owner: 0,
      scopes: '[]',
    };
    await connection.db
      .insertInto('users')
      .values({ ...account, ...created, last_sign_in_at: null })
      .execute();
    const seen = { last_seen_at: null, address: null, expires_at: null };
    const device = { id: `d-${id}`, name: id, kind: 'other', scopes: '[]', user_id: id };
    await connection.db
      .insertInto('devices')
      .values({ ...device, ...created, ...seen })
      .execute();
    for (const session of [`s1-${id}`, `s2-${id}`]) {
      const row = { id: session, user_id: id, device_id: `d-${id}`, created_at: 'now', ends_at: 'later' };
      const unseen = { last_seen_at: 'now', address: null, user_agent: null };
      await connection.db
        .insertInto('sessions')
        .values({ ...row, ...unseen })
        .execute();
    }
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(os.tmpdir(), 'impetus-sessions-'));
  connection = openDatabase(join(folder, 'test.db'));
  await migrate(connection, { backups: join(folder, 'backups') });
  await addRows();
  users = new Set([user, 'u2']);
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(async () => {
  vi.useRealTimers();
  await connection[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const stored = () => connection.db.selectFrom('session_tokens').selectAll().execute();

/** What both implementations promise. */
describe.each([
  ['lucia', luciaSessionStore],
  ['the plain one', plainSessionStore],
])('the session store, %s', (_, open) => {
  let tokens: StoredTokens;
  let store: SessionStore;
  const reopen = async () => {
    tokens = await StoredTokens.open(connection.db);
    store = open({ tokens, idleMs, userExists: (id) => users.has(id) });
  };
  beforeEach(reopen);

  const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

  it('knows the tokens that it issued, also after a restart', async () => {
    const { token, record } = await store.issue(user, 's1-u1');
    expect(record).toMatchObject({ sessionId: 's1-u1', userId: user, usedAt: null, goodUntil: null });
    expect(record.expiresAt.getTime()).toBe(start + idleMs);
    expect(await store.validate(token)).toEqual(record);
    await reopen();
    expect(await store.validate(token)).toEqual(record);
  });

  it('keeps hashes alone: what a thief of the database has signs nobody in', async () => {
    const { token, record } = await store.issue(user, 's1-u1');
    expect(token.length).toBeGreaterThanOrEqual(43);
    expect(JSON.stringify(await stored())).not.toContain(token);
    expect((await stored())[0]?.hash).toBe(hashToken(token));
    expect(await store.validate(record.hash)).toBeNull();
  });

  it.each(['', 'nonsense', 'a'.repeat(10_000), '%00', '../../x', '🐙'])(
    'knows nothing of %j',
    async (token) => {
      expect(await store.validate(token)).toBeNull();
    },
  );

  it('ends a token that was not used for long, and forgets it', async () => {
    const { token } = await store.issue(user, 's1-u1');
    later(idleMs);
    expect(await store.validate(token)).toBeNull();
    expect(await stored()).toEqual([]);
  });

  it('keeps a token alive that is used, writing no more often than each half of its time', async () => {
    const { token } = await store.issue(user, 's1-u1');
    later(idleMs / 2 - 1);
    expect((await store.validate(token))?.expiresAt.getTime()).toBe(start + idleMs);
    later(2);
    const extended = start + idleMs / 2 + 1 + idleMs;
    expect((await store.validate(token))?.expiresAt.getTime()).toBe(extended);
    expect((await stored())[0]?.expires_at).toBe(new Date(extended).toISOString());
    later(idleMs - 1);
    expect(await store.validate(token)).not.toBeNull();
  });

  it('lets nobody in whose user is gone', async () => {
    const { token } = await store.issue(user, 's1-u1');
    users.delete(user);
    expect(await store.validate(token)).toBeNull();
    expect(await stored()).toEqual([]);
  });

  it('invalidates one token, or all of a user, and no others', async () => {
    const [one, two, other] = [
      await store.issue(user, 's1-u1'),
      await store.issue(user, 's2-u1'),
      await store.issue('u2', 's1-u2'),
    ];
    await store.invalidate(one.token);
    expect(await store.validate(one.token)).toBeNull();
    expect(await store.validate(two.token)).not.toBeNull();
    await store.invalidateUser(user);
    expect(await store.validate(two.token)).toBeNull();
    expect(await store.validate(other.token)).not.toBeNull();
    await reopen();
    expect(await store.validate(two.token)).toBeNull();
    await store.invalidate('nobody');
  });

  it('clears away what has expired', async () => {
    await store.issue(user, 's1-u1');
    later(idleMs / 2);
    const { token } = await store.issue(user, 's2-u1');
    later(idleMs / 2);
    await store.deleteExpired();
    expect((await stored()).map(({ hash }) => hash)).toEqual([hashToken(token)]);
  });

  it('never issues the same token twice', async () => {
    const issued = new Set<string>();
    for (let n = 0; n < 20; n += 1) issued.add((await store.issue(user, 's1-u1')).token);
    expect(issued.size).toBe(20);
  });
});
