import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the Hub says of a model's licence, which many files leave out. */
export const licences: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('downloads').addColumn('licence', 'text').execute();
    await db.schema.alterTable('model_origins').addColumn('licence', 'text').execute();
  },
};
