import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../db/connection.ts';
import { migrate } from '../../db/migrate.ts';
import { EventBus } from '../../events/bus.ts';
import type { StateFeed } from '../../events/types.ts';
import type { Log } from '../../log/types.ts';
import { StoredApiKeys } from './stored-keys.ts';

const feed: StateFeed = { publish() {}, async *subscribe() {} };
const open = () => StoredApiKeys.open({ db: connection.db, bus, feed, log });
const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
let folder: string;
let connection: Connection;
let bus: EventBus;
let keys: StoredApiKeys;

beforeEach(async () => {
  folder = mkdtempSync(join(os.tmpdir(), 'impetus-keys-'));
  connection = openDatabase(join(folder, 'test.db'));
  await migrate(connection, { backups: join(folder, 'backups') });
  bus = new EventBus();
  keys = await open();
});
afterEach(async () => {
  await keys[Symbol.asyncDispose]();
  await connection[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

it('verifies what it created, also after a restart', async () => {
  const { id, key } = await keys.create({ name: 'Laptop', scopes: ['infer', 'load', 'infer'] });
  const principal = { kind: 'key', id, name: 'Laptop', scopes: ['infer', 'load'] };
  const unbound = { userId: null, deviceId: null, sessionId: null, grantId: null };
  expect(keys.verify(key)).toEqual({ ...principal, ...unbound });
  expect((await open()).verify(key)).toMatchObject(principal);
});

it('stores no secret', async () => {
  const { key } = await keys.create({ name: 'Laptop', scopes: ['infer'] });
  const secret = key.split('_')[2] ?? '';
  const rows = await connection.db.selectFrom('api_keys').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(secret);
  expect(Buffer.from(rows[0]?.secret_hash ?? []).toString('hex')).not.toBe(secret);
});

it('tells a malformed key, an unknown one and a wrong secret apart only as far as is safe', async () => {
  const { id, key } = await keys.create({ name: 'Laptop', scopes: ['infer'] });
  const unknown = `imp_zzzzzzzzzz_${'0'.repeat(64)}`;
  const wrong = `imp_${id}_${'0'.repeat(64)}`;
  expect(() => keys.verify('sk-123')).toThrow('is not an API key of this agent');
  expect(() => keys.verify(unknown)).toThrow('This API key is not known here');
  expect(() => keys.verify(wrong)).toThrow('This API key is not known here');
  await keys.revoke(id);
  expect(() => keys.verify(wrong)).toThrow('This API key is not known here');
  expect(() => keys.verify(key)).toThrow('The API key “Laptop” was revoked');
});

it('tells others of a revocation once, and keeps the key in the list', async () => {
  const revoked: string[] = [];
  using _listening = bus.on('access-ended', (event) => revoked.push(event.id));
  const { id } = await keys.create({ name: 'Laptop', scopes: ['infer'] });
  await keys.revoke(id);
  await keys.revoke(id);
  expect(revoked).toEqual([id]);
  expect(keys.list()).toMatchObject([{ id, revokedAt: expect.any(String) }]);
  await expect(keys.revoke('nobody')).rejects.toThrow('There is no API key with the id “nobody”');
});

it('shows the last use at once and writes it when it is closed', async () => {
  const { key } = await keys.create({ name: 'Laptop', scopes: ['infer'] });
  expect(keys.list()[0]?.lastUsedAt).toBeNull();
  keys.verify(key);
  const lastUsedAt = keys.list()[0]?.lastUsedAt;
  expect(lastUsedAt).toEqual(expect.any(String));
  await keys[Symbol.asyncDispose]();
  expect((await open()).list()[0]?.lastUsedAt).toBe(lastUsedAt);
});
