import { defaultModelMarks, modelMarksSchema, type ModelMarks } from '@impetus/contracts';
import type { Db } from '../../db/connection.ts';
import { oneAtATime } from '../../db/one-at-a-time.ts';
import { readStoredObject } from '../../db/stored-object.ts';
import type { Log } from '../../log/types.ts';

/** What the owner wrote about models, held in memory because this process alone writes it. */
export class StoredMarks {
  readonly #db: Db;
  readonly #inTurn = oneAtATime();
  #marks: ReadonlyMap<string, Partial<ModelMarks>> = new Map();

  private constructor(db: Db) {
    this.#db = db;
  }

  static async open(db: Db, log: Log): Promise<StoredMarks> {
    const store = new StoredMarks(db);
    const rows = await db.selectFrom('model_marks').selectAll().execute();
    store.#marks = new Map(
      rows.map(({ model_id: model, value }) => {
        const { values, invalid } = readStoredObject(modelMarksSchema, value);
        if (invalid?.length !== 0)
          log.warn({ model, invalid }, 'What was written about a model is not valid.');
        return [model, values] as const;
      }),
    );
    return store;
  }

  /** Complete: what was never written has its default. */
  get(modelId: string): ModelMarks {
    return { ...defaultModelMarks, ...this.#marks.get(modelId) };
  }

  has(modelId: string): boolean {
    return this.#marks.has(modelId);
  }

  /** Changes only what is named. */
  update(modelIds: readonly string[], changes: Partial<ModelMarks>): Promise<void> {
    return this.#inTurn(async () => {
      const changed = new Map(modelIds.map((id) => [id, { ...this.#marks.get(id), ...changes }]));
      const rows = [...changed].map(([id, marks]) => ({ model_id: id, value: JSON.stringify(marks) }));
      await this.#db.replaceInto('model_marks').values(rows).execute();
      this.#marks = new Map([...this.#marks, ...changed]);
    });
  }

  /** Gives what was written about one model to another. */
  move(from: string, to: string): Promise<void> {
    return this.#inTurn(async () => {
      const marks = this.#marks.get(from);
      if (marks === undefined) return;
      await this.#db.transaction().execute(async (trx) => {
        await trx
          .replaceInto('model_marks')
          .values({ model_id: to, value: JSON.stringify(marks) })
          .execute();
        await trx.deleteFrom('model_marks').where('model_id', '=', from).execute();
      });
      const moved = new Map([...this.#marks, [to, marks] as const]);
      moved.delete(from);
      this.#marks = moved;
    });
  }
}
