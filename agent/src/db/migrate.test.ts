import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Connection } from './connection.ts';
import { migrate } from './migrate.ts';

let folder: string;
let connection: Connection;
beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'impetus-db-'));
  connection = openDatabase(join(folder, 'test.db'));
});
afterEach(async () => {
  await connection[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const creates = (table: string): Migration => ({
  up: async (db) => void (await sql`create table ${sql.table(table)} (id integer)`.execute(db)),
});
const fails: Migration = { up: () => Promise.reject(new Error('no')) };

const run = (migrations: Record<string, Migration>) =>
  migrate(connection, { backups: join(folder, 'backups'), migrations });

const tables = () =>
  connection.sqlite
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'kysely%' order by name`)
    .all([])
    .map((row) => (row as { name: string }).name);

const copies = () => readdirSync(join(folder, 'backups')).toSorted();

it('keeps no copy of a database that was empty', async () => {
  await run({ '0001': creates('a') });
  expect(tables()).toEqual(['a']);
  expect(readdirSync(folder)).not.toContain('backups');
});

it('keeps a copy named after the version that it has, for its owner alone', async () => {
  await run({ '0001': creates('a') });
  await run({ '0001': creates('a'), '0002': creates('b') });
  expect(tables()).toEqual(['a', 'b']);
  expect(copies()).toEqual(['impetus-0001.db']);
  expect(statSync(join(folder, 'backups', 'impetus-0001.db')).mode & 0o777).toBe(0o600);
  await using copy = openDatabase(join(folder, 'backups', 'impetus-0001.db'));
  expect(copy.sqlite.prepare(`select name from kysely_migration`).all([])).toEqual([{ name: '0001' }]);
});

it('keeps the last three copies, and none when nothing is to be done', async () => {
  const migrations: Record<string, Migration> = {};
  for (const n of [1, 2, 3, 4, 5]) {
    migrations[`000${n}`] = creates(`t${n}`);
    await run(migrations);
    await run(migrations);
  }
  expect(copies()).toEqual(['impetus-0002.db', 'impetus-0003.db', 'impetus-0004.db']);
});

it('undoes every step of a run when one of them fails', async () => {
  await run({ '0001': creates('a') });
  await expect(run({ '0001': creates('a'), '0002': creates('b'), '0003': fails })).rejects.toThrow('no');
  expect(tables()).toEqual(['a']);
  await run({ '0001': creates('a'), '0002': creates('b') });
  expect(tables()).toEqual(['a', 'b']);
});

it('refuses a database of a newer version and leaves it as it is', async () => {
  await run({ '0001': creates('a'), '0002': creates('b') });
  await expect(run({ '0001': creates('a') })).rejects.toThrow(
    'The database was written by a newer version of Impetus (it has “0002”).',
  );
  expect(tables()).toEqual(['a', 'b']);
});

it('is opened so that nothing acknowledged is lost', () => {
  const pragma = (name: string) => connection.sqlite.pragma(name, { simple: true });
  expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
  expect(statSync(join(folder, 'test.db')).mode & 0o777).toBe(0o600);
});
