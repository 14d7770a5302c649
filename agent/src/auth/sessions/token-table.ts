import type { Selectable } from 'kysely';
import type { Db } from '../../db/connection.ts';
import type { Schema } from '../../db/schema.ts';
import type { TokenRecord, TokenTable } from './types.ts';

type Row = Selectable<Schema['session_tokens']>;

const toDate = (text: string | null) => (text === null ? null : new Date(text));

const toRecord = (row: Row): TokenRecord => ({
  hash: row.hash,
  sessionId: row.session_id,
  userId: row.user_id,
  createdAt: new Date(row.created_at),
  expiresAt: new Date(row.expires_at),
  usedAt: toDate(row.used_at),
  goodUntil: toDate(row.good_until),
});

const toRow = (record: TokenRecord): Row => ({
  hash: record.hash,
  session_id: record.sessionId,
  user_id: record.userId,
  created_at: record.createdAt.toISOString(),
  expires_at: record.expiresAt.toISOString(),
  used_at: record.usedAt?.toISOString() ?? null,
  good_until: record.goodUntil?.toISOString() ?? null,
});

/** The tokens in the database, all held in memory because this process alone writes them: a check costs no query. */
export class StoredTokens implements TokenTable {
  readonly #db: Db;
  readonly #records = new Map<string, TokenRecord>();

  private constructor(db: Db) {
    this.#db = db;
  }

  static async open(db: Db): Promise<StoredTokens> {
    const table = new StoredTokens(db);
    const rows = await db.selectFrom('session_tokens').selectAll().execute();
    for (const row of rows) table.#records.set(row.hash, toRecord(row));
    return table;
  }

  get(hash: string): TokenRecord | undefined {
    return this.#records.get(hash);
  }

  ofSession(sessionId: string): readonly TokenRecord[] {
    return [...this.#records.values()].filter((record) => record.sessionId === sessionId);
  }

  ofUser(userId: string): readonly TokenRecord[] {
    return [...this.#records.values()].filter((record) => record.userId === userId);
  }

  all(): IterableIterator<TokenRecord> {
    return this.#records.values();
  }

  async put(record: TokenRecord): Promise<void> {
    // In memory at once: requests that come side by side must see the same.
    this.#records.set(record.hash, record);
    const { hash, ...changes } = toRow(record);
    await this.#db
      .insertInto('session_tokens')
      .values({ hash, ...changes })
      .onConflict((conflict) => conflict.column('hash').doUpdateSet(changes))
      .execute();
  }

  async delete(hashes: readonly string[]): Promise<void> {
    for (const hash of hashes) this.#records.delete(hash);
    if (hashes.length === 0) return;
    await this.#db
      .deleteFrom('session_tokens')
      .where('hash', 'in', [...hashes])
      .execute();
  }
}
