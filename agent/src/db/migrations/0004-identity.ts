import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const strict = sql`strict`;

/** Users, devices, sessions and the audit; what a key may do at most, how long, and whose it is. */
export const identity: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('users')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('name_key', 'text', (column) => column.notNull().unique())
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .addColumn('one_time_until', 'text')
      .addColumn('owner', 'integer', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull())
      .addColumn('last_sign_in_at', 'text')
      .modifyEnd(strict)
      .execute();
    // However the code errs, there is never a second owner.
    await sql`create unique index one_owner on users (owner) where owner = 1`.execute(db);

    await db.schema
      .createTable('devices')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull())
      .addColumn('last_seen_at', 'text')
      .addColumn('address', 'text')
      .addColumn('expires_at', 'text')
      .modifyEnd(strict)
      .execute();

    await db.schema
      .createTable('sessions')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('device_id', 'text', (column) =>
        column.notNull().references('devices.id').onDelete('cascade'),
      )
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('ends_at', 'text', (column) => column.notNull())
      .addColumn('last_seen_at', 'text', (column) => column.notNull())
      .addColumn('address', 'text')
      .addColumn('user_agent', 'text')
      .modifyEnd(strict)
      .execute();

    await db.schema
      .createTable('session_tokens')
      .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
      .addColumn('session_id', 'text', (column) =>
        column.notNull().references('sessions.id').onDelete('cascade'),
      )
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addColumn('used_at', 'text')
      .addColumn('good_until', 'text')
      .modifyEnd(sql`strict, without rowid`)
      .execute();

    await db.schema
      .createTable('audit')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement().notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('last_at', 'text', (column) => column.notNull())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('who_kind', 'text')
      .addColumn('who_id', 'text')
      .addColumn('who_name', 'text')
      .addColumn('subject', 'text')
      .addColumn('detail', 'text', (column) => column.notNull())
      .addColumn('address', 'text')
      .modifyEnd(strict)
      .execute();
    for (const column of ['at', 'action', 'who_id']) {
      await db.schema.createIndex(`audit_by_${column}`).on('audit').column(column).execute();
    }

    await sql`alter table api_keys add column limits text not null default '{}'`.execute(db);
    await sql`alter table api_keys add column created_by text not null default ''`.execute(db);
    for (const column of ['user_id', 'device_id', 'expires_at', 'old_until'] as const) {
      await db.schema.alterTable('api_keys').addColumn(column, 'text').execute();
    }
    await db.schema.alterTable('api_keys').addColumn('old_hash', 'blob').execute();
  },
};
