import type { Db } from '../db/connection.ts';
import type { ModelOrigins, OriginRecord } from './types.ts';

/** Where files came from, by what is in them, so that it holds wherever they are moved. */
export class StoredOrigins implements ModelOrigins {
  readonly #db: Db;
  readonly #records: Map<string, OriginRecord>;

  private constructor(db: Db, records: readonly OriginRecord[]) {
    this.#db = db;
    this.#records = new Map(records.map((record) => [record.sha256, record]));
  }

  static async open(db: Db): Promise<StoredOrigins> {
    return new StoredOrigins(db, await db.selectFrom('model_origins').selectAll().execute());
  }

  async record(origins: readonly OriginRecord[]): Promise<void> {
    if (origins.length === 0) return;
    await this.#db.replaceInto('model_origins').values(origins).execute();
    for (const record of origins) this.#records.set(record.sha256, record);
  }

  ofRepo(repo: string): Promise<readonly OriginRecord[]> {
    return Promise.resolve([...this.#records.values()].filter((record) => record.repo === repo));
  }

  of(sha256: string | null): OriginRecord | null {
    return sha256 === null ? null : (this.#records.get(sha256) ?? null);
  }
}
