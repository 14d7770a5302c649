import { chmodSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ImpetusError } from '@impetus/contracts';
import Database from 'better-sqlite3';
import type { Migration } from 'kysely/migration';
import { ensurePrivateFolder } from '../platform/private-folder.ts';
import type { Connection } from './connection.ts';
import { migrations as allMigrations } from './migrations/index.ts';

const keptCopies = 3;

export interface MigrateOptions {
  /** Where copies of the database are kept. */
  readonly backups: string;
  readonly migrations?: Readonly<Record<string, Migration>>;
}

/**
 * Brings the database to the newest version, all steps in one transaction, after keeping a copy of what was
 * there. Refuses a database of a newer version.
 */
export async function migrate(connection: Connection, options: MigrateOptions): Promise<void> {
  const { backups, migrations = allMigrations } = options;
  const done = executedMigrations(connection.sqlite);
  refuseNewer(done, migrations);
  const last = done.at(-1);
  if (done.length === Object.keys(migrations).length) return;
  if (last !== undefined) keepCopy(connection.sqlite, backups, last);
  // Most starts have nothing to migrate.
  const { Migrator } = await import('kysely/migration');
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  const { error } = await new Migrator({ db: connection.db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
}

function executedMigrations(sqlite: Database): string[] {
  const tables = sqlite.prepare(`select name from sqlite_master where name = 'kysely_migration'`).all([]);
  if (tables.length === 0) return [];
  const rows = sqlite.prepare('select name from kysely_migration order by name').all([]);
  return (rows as { name: string }[]).map((row) => row.name);
}

function refuseNewer(done: readonly string[], known: Readonly<Record<string, Migration>>): void {
  const unknown = done.find((name) => !(name in known));
  if (unknown === undefined) return;
  throw new ImpetusError(
    'conflict',
    `The database was written by a newer version of Impetus (it has “${unknown}”). Start that version, or put a copy from the folder “backups” in its place.`,
  );
}

/** Copies the database to a file named after the last step that it has, and drops the oldest copies. */
function keepCopy(sqlite: Database, folder: string, version: string): void {
  ensurePrivateFolder(folder);
  const draft = join(folder, 'copy.new');
  rmSync(draft, { force: true });
  sqlite.prepare('vacuum into ?').run(draft);
  chmodSync(draft, 0o600);
  leaveTextOut(draft);
  renameSync(draft, join(folder, `impetus-${version}.db`));
  const copies = readdirSync(folder).filter((name) => /^impetus-.*\.db$/.test(name));
  for (const name of copies.toSorted().slice(0, -keptCopies)) rmSync(join(folder, name));
}

/** Text of prompts and answers is kept in one place alone, where it is forgotten when its owner or its age says so. */
function leaveTextOut(path: string): void {
  const copy = new Database(path);
  try {
    const tables = copy
      .prepare(`select name from sqlite_master where name in ('request_texts', 'responses')`)
      .all([]) as { name: string }[];
    for (const { name } of tables) copy.exec(`delete from ${name}`);
    if (tables.length > 0) copy.exec('vacuum');
  } finally {
    copy.close();
  }
}
