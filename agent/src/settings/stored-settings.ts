import { z } from 'zod';
import type { Db } from '../db/connection.ts';
import type { StateFeed } from '../events/types.ts';
import type { Settings } from './types.ts';

const defaultModelKey = 'default-model';
const modelIdSchema = z.string().nullable().catch(null);

/** The settings in the database, held in memory because this process alone writes them. */
export class StoredSettings implements Settings {
  readonly #db: Db;
  readonly #feed: StateFeed;
  #defaultModel: string | null;

  private constructor(db: Db, feed: StateFeed, defaultModel: string | null) {
    this.#db = db;
    this.#feed = feed;
    this.#defaultModel = defaultModel;
  }

  static async open(db: Db, feed: StateFeed): Promise<StoredSettings> {
    const row = await db
      .selectFrom('settings')
      .select('value')
      .where('key', '=', defaultModelKey)
      .executeTakeFirst();
    return new StoredSettings(
      db,
      feed,
      modelIdSchema.parse(row === undefined ? null : JSON.parse(row.value)),
    );
  }

  defaultModel(): string | null {
    return this.#defaultModel;
  }

  async setDefaultModel(modelId: string | null): Promise<void> {
    const value = JSON.stringify(modelId);
    await this.#db
      .insertInto('settings')
      .values({ key: defaultModelKey, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
    this.#defaultModel = modelId;
    this.#feed.publish({ type: 'default-model', modelId });
  }
}
