import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The queue of downloads. What of each file is there, its journal beside it knows. */
export const downloads: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('downloads')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('repo', 'text', (column) => column.notNull())
      .addColumn('revision', 'text', (column) => column.notNull())
      .addColumn('quant_key', 'text', (column) => column.notNull())
      .addColumn('quant', 'text')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('priority', 'text', (column) => column.notNull())
      .addColumn('position', 'real', (column) => column.notNull())
      .addColumn('files', 'text', (column) => column.notNull())
      .addColumn('error', 'text')
      .addColumn('added_at', 'text', (column) => column.notNull())
      .addColumn('finished_at', 'text')
      .addColumn('model_id', 'text')
      .modifyEnd(sql`strict`)
      .execute();
  },
};
