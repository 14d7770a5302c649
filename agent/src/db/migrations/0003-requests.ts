import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const strict = sql`strict`;

/** Records of requests that have ended, and the text of those whose owner has it kept. */
export const requests: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('requests')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('started_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('requester_id', 'text', (column) => column.notNull())
      .addColumn('requester_name', 'text', (column) => column.notNull())
      .addColumn('model_id', 'text', (column) => column.notNull())
      .addColumn('dialect', 'text', (column) => column.notNull())
      .addColumn('endpoint', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('streamed', 'integer', (column) => column.notNull())
      .addColumn('queue_ms', 'real')
      .addColumn('load_ms', 'real')
      .addColumn('prompt_tokens', 'integer')
      .addColumn('cached_tokens', 'integer')
      .addColumn('read_tokens', 'integer')
      .addColumn('prefill_ms', 'real')
      .addColumn('completion_tokens', 'integer', (column) => column.notNull())
      .addColumn('decode_ms', 'real')
      .addColumn('finish_reason', 'text')
      .addColumn('error', 'text')
      .modifyEnd(sql`strict, without rowid`)
      .execute();
    for (const column of ['ended_at', 'state', 'requester_id', 'model_id']) {
      await db.schema.createIndex(`requests_by_${column}`).on('requests').column(column).execute();
    }
    await db.schema
      .createTable('request_texts')
      .addColumn('id', 'text', (column) =>
        column.primaryKey().notNull().references('requests.id').onDelete('cascade'),
      )
      .addColumn('prompt', 'text', (column) => column.notNull())
      .addColumn('answer', 'text', (column) => column.notNull())
      .addColumn('cut', 'integer', (column) => column.notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .modifyEnd(strict)
      .execute();
  },
};
