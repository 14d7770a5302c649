import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the owner chose for each model. A row outlives the model's file, which may come back. */
export const modelSettings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('model_settings')
      .addColumn('model_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`)
      .execute();
  },
};
