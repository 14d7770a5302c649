import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Kysely, SqliteAdapter, SqliteDialect, type DialectAdapter } from 'kysely';
import type { Schema } from './schema.ts';

export type Db = Kysely<Schema>;

/** An open database; kysely for queries, the connection itself for what kysely has no words for. */
export interface Connection extends AsyncDisposable {
  readonly db: Db;
  readonly sqlite: Database;
}

/** SQLite rolls back CREATE TABLE like anything else; kysely's own adapter does not make use of it. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Dialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter();
  }
}

/** Opens the database, which only its owner can read, and makes it if there is none. */
export function openDatabase(path: string): Connection {
  const sqlite = new Database(path, { timeout: 5000 });
  try {
    chmodSync(path, 0o600);
    // Lets a database give back the room of what was deleted; it holds for those that are made from now on.
    sqlite.pragma('auto_vacuum = INCREMENTAL');
    sqlite.pragma('journal_mode = WAL');
    // With FULL a commit is on the disk when it returns: nothing that was acknowledged is lost to kill -9 or a power cut.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    // What is deleted is overwritten: forgotten text must not be readable in the file.
    sqlite.pragma('secure_delete = ON');
  } catch (error) {
    sqlite.close();
    throw error;
  }
  const db: Db = new Kysely({ dialect: new Dialect({ database: sqlite }) });
  return {
    db,
    sqlite,
    async [Symbol.asyncDispose]() {
      await db.destroy();
      // kysely closes the connection only if it was used through kysely.
      sqlite.close();
    },
  };
}
