import type { Db } from '../db/connection.ts';
import type { RememberedId } from './ids.ts';

export interface IdRow extends RememberedId {
  /** Hashes of all files, once they are known. */
  readonly content: string | null;
}

const rowsAtOnce = 500;

/** The ids that models have or had, which outlive the files. */
export class RememberedIds {
  readonly #db: Db;
  readonly #rows: Map<string, IdRow>;

  private constructor(db: Db, rows: readonly IdRow[]) {
    this.#db = db;
    this.#rows = new Map(rows.map((row) => [row.id, row]));
  }

  static async open(db: Db): Promise<RememberedIds> {
    return new RememberedIds(db, await db.selectFrom('model_ids').selectAll().execute());
  }

  list(): readonly IdRow[] {
    return [...this.#rows.values()];
  }

  /** Writes those that are new or changed. */
  async keep(rows: readonly IdRow[]): Promise<void> {
    const changed = rows.filter((row) => !same(this.#rows.get(row.id), row));
    for (const row of changed) this.#rows.set(row.id, row);
    for (let start = 0; start < changed.length; start += rowsAtOnce) {
      await this.#db
        .replaceInto('model_ids')
        .values(changed.slice(start, start + rowsAtOnce))
        .execute();
    }
  }
}

function same(a: IdRow | undefined, b: IdRow): boolean {
  return a?.path === b.path && a.identity === b.identity && a.content === b.content;
}
