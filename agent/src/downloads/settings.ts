import { defaultDownloadSettings, downloadSettingsSchema, type DownloadSettings } from '@impetus/contracts';
import type { Db } from '../db/connection.ts';
import { oneAtATime } from '../db/one-at-a-time.ts';
import { readStoredObject } from '../db/stored-object.ts';

const key = 'downloads';

/** How the owner wants downloads to run; in the database, and in memory because this process alone writes it. */
export class StoredDownloadSettings {
  readonly #db: Db;
  readonly #inTurn = oneAtATime();
  #chosen: Partial<DownloadSettings>;

  private constructor(db: Db, chosen: Partial<DownloadSettings>) {
    this.#db = db;
    this.#chosen = chosen;
  }

  static async open(db: Db): Promise<StoredDownloadSettings> {
    const row = await db.selectFrom('settings').selectAll().where('key', '=', key).executeTakeFirst();
    return new StoredDownloadSettings(
      db,
      readStoredObject(downloadSettingsSchema, row?.value ?? '{}').values,
    );
  }

  get(): DownloadSettings {
    return { ...defaultDownloadSettings, ...this.#chosen };
  }

  update(changes: Partial<DownloadSettings>): Promise<DownloadSettings> {
    return this.#inTurn(async () => {
      const chosen = { ...this.#chosen, ...changes };
      const value = JSON.stringify(chosen);
      await this.#db
        .insertInto('settings')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
      this.#chosen = chosen;
      return this.get();
    });
  }
}
