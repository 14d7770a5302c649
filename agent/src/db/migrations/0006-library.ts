import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const strict = sql`strict`;

/** What the library remembers of files, of models and of what their owner wrote about them. */
export const library: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('model_files')
      .addColumn('path', 'text', (column) => column.primaryKey().notNull())
      .addColumn('identity', 'text', (column) => column.notNull())
      .addColumn('reader', 'integer', (column) => column.notNull())
      .addColumn('look', 'text', (column) => column.notNull())
      .addColumn('chat_template', 'text')
      .modifyEnd(strict)
      .execute();
    await db.schema
      .createTable('file_hashes')
      .addColumn('identity', 'text', (column) => column.primaryKey().notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict, without rowid`)
      .execute();
    await db.schema
      .createTable('model_ids')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('identity', 'text')
      .addColumn('content', 'text')
      .modifyEnd(strict)
      .execute();
    await db.schema
      .createTable('model_marks')
      .addColumn('model_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .modifyEnd(strict)
      .execute();
    await db.schema
      .createTable('model_origins')
      .addColumn('sha256', 'text', (column) => column.primaryKey().notNull())
      .addColumn('repo', 'text', (column) => column.notNull())
      .addColumn('revision', 'text')
      .addColumn('file', 'text', (column) => column.notNull())
      .modifyEnd(strict)
      .execute();
    await db.schema.createIndex('model_origins_by_repo').on('model_origins').column('repo').execute();
    await db.schema
      .createTable('model_benchmarks')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('model_id', 'text', (column) => column.notNull())
      .addColumn('started_at', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .modifyEnd(strict)
      .execute();
    await db.schema
      .createIndex('model_benchmarks_by_model')
      .on('model_benchmarks')
      .column('model_id')
      .execute();
    await db.schema
      .createTable('removals')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('removed_at', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .modifyEnd(strict)
      .execute();
  },
};
