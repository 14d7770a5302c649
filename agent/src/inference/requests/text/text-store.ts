import { setImmediate } from 'node:timers/promises';
import type { CapturedText } from '@impetus/contracts';
import { sql } from 'kysely';
import type { Db } from '../../../db/connection.ts';
import { textsToForget } from './captured-text.ts';

/** How many texts go, and how many pages are given back, in one step. */
const textsAtOnce = 100;
const pagesAtOnce = 250;

/**
 * The text of requests, where the owner has it kept. The database overwrites what is deleted from it
 * (`secure_delete`), and what is forgotten on demand is out of its write-ahead log too when that resolves.
 */
export class TextStore {
  readonly #db: Db;
  #totalBytes: number;

  private constructor(db: Db, totalBytes: number) {
    this.#db = db;
    this.#totalBytes = totalBytes;
  }

  static async open(db: Db): Promise<TextStore> {
    const { total } = await db
      .selectFrom('request_texts')
      .select(({ fn }) => fn.sum<number | null>('bytes').as('total'))
      .executeTakeFirstOrThrow();
    return new TextStore(db, total ?? 0);
  }

  async find(id: string): Promise<CapturedText | null> {
    const row = await this.#db
      .selectFrom('request_texts')
      .select(['prompt', 'answer', 'cut'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { ...row, cut: row.cut === 1 };
  }

  /** Notes that texts were added, and forgets the oldest where all together are more than `maxBytes`. */
  async added(bytes: number, maxBytes: number): Promise<void> {
    this.#totalBytes += bytes;
    await this.keepWithin(maxBytes);
  }

  /** Forgets the oldest texts until at most `maxBytes` are left. */
  async keepWithin(maxBytes: number): Promise<void> {
    while (this.#totalBytes > maxBytes) {
      const oldest = await this.#db
        .selectFrom('request_texts')
        .select(['id', 'bytes'])
        .orderBy('id')
        .limit(textsAtOnce)
        .execute();
      if (oldest.length === 0) return;
      await this.#forget(textsToForget(oldest, this.#totalBytes, maxBytes).map(({ id }) => id));
    }
  }

  /** Forgets the text of requests that ended before a moment. */
  async forgetBefore(endedBefore: string): Promise<void> {
    const old = () =>
      this.#db
        .selectFrom('request_texts')
        .innerJoin('requests', 'requests.id', 'request_texts.id')
        .select('request_texts.id')
        .where('requests.ended_at', '<', endedBefore)
        .limit(textsAtOnce)
        .execute();
    if (await this.#forgetEach(old)) await this.#giveBack();
  }

  /** Forgets every text; none of it is in the files of the database when this resolves. */
  async forgetAll(): Promise<void> {
    const any = () => this.#db.selectFrom('request_texts').select('id').limit(textsAtOnce).execute();
    await this.#forgetEach(any);
    await this.#giveBack();
  }

  /** Forgets what `some` finds until it finds nothing, and answers whether there was anything. */
  async #forgetEach(some: () => Promise<readonly { readonly id: string }[]>): Promise<boolean> {
    for (let found = false; ; found = true) {
      const texts = await some();
      if (texts.length === 0) return found;
      await this.#forget(texts.map(({ id }) => id));
    }
  }

  async #forget(ids: readonly string[]): Promise<void> {
    const gone = await this.#db
      .deleteFrom('request_texts')
      .where('id', 'in', ids)
      .returning('bytes')
      .execute();
    this.#totalBytes -= gone.reduce((sum, { bytes }) => sum + bytes, 0);
    await setImmediate();
  }

  /** Shortens the file by its empty pages, and empties the write-ahead log, which still has the text. */
  async #giveBack(): Promise<void> {
    // Through kysely, so that it never falls into a transaction that is under way.
    for (let left = await this.#emptyPages(), before = Infinity; left > 0 && left < before;) {
      await sql`pragma incremental_vacuum(${sql.lit(pagesAtOnce)})`.execute(this.#db);
      await setImmediate();
      before = left;
      left = await this.#emptyPages();
    }
    await sql`pragma wal_checkpoint(truncate)`.execute(this.#db);
  }

  async #emptyPages(): Promise<number> {
    const { rows } = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(this.#db);
    return rows[0]?.freelist_count ?? 0;
  }
}
