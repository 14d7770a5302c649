import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const strict = sql`strict`;

/** Clients on other machines with their refresh tokens, of which only hashes are kept; and passkeys, which are public. */
export const grantsAndPasskeys: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('oauth_grants')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('client_id', 'text', (column) => column.notNull())
      .addColumn('device_name', 'text', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull())
      .addColumn('last_used_at', 'text')
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('revoked_at', 'text')
      .modifyEnd(strict)
      .execute();

    await db.schema
      .createTable('oauth_refresh_tokens')
      .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
      .addColumn('grant_id', 'text', (column) =>
        column.notNull().references('oauth_grants.id').onDelete('cascade'),
      )
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addColumn('used_at', 'text')
      .modifyEnd(sql`strict, without rowid`)
      .execute();
    await db.schema
      .createIndex('oauth_refresh_tokens_by_grant')
      .on('oauth_refresh_tokens')
      .column('grant_id')
      .execute();

    await db.schema
      .createTable('passkeys')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('rp_id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('public_key', 'blob', (column) => column.notNull())
      .addColumn('counter', 'integer', (column) => column.notNull())
      .addColumn('transports', 'text', (column) => column.notNull())
      .addColumn('synced', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('last_used_at', 'text')
      .modifyEnd(strict)
      .execute();
    await db.schema.createIndex('passkeys_by_user').on('passkeys').column('user_id').execute();
  },
};
