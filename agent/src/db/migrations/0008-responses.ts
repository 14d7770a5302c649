import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Answers that clients asked to have kept, so that later requests can go on from them. */
export const responses: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('responses')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('owner_id', 'text', (column) => column.notNull())
      .addColumn('previous_id', 'text')
      .addColumn('running', 'integer', (column) => column.notNull())
      .addColumn('used_at', 'text', (column) => column.notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .addColumn('response', 'text', (column) => column.notNull())
      .addColumn('input', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await db.schema.createIndex('responses_by_use').on('responses').columns(['used_at', 'bytes']).execute();
  },
};
