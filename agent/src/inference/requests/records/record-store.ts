import type { CapturedText, ListRequestsInput, RequestRecord } from '@impetus/contracts';
import type { Db } from '../../../db/connection.ts';
import { sizeOf } from '../text/captured-text.ts';
import { fromRow, toRow, type RecordRow } from './record-row.ts';

/** A request that has ended, with its text where that is kept. */
export interface EndedRequest {
  readonly record: RequestRecord;
  readonly text: CapturedText | null;
}

/** How many records go in one step, so that the agent does other things in between. */
const deletedAtOnce = 500;

/** The records of requests that have ended, in the database. Their ids rise with time. */
export class RecordStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Writes all of them or none. */
  async write(ended: readonly EndedRequest[]): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('requests')
        .values(ended.map(({ record }) => toRow(record)))
        .execute();
      for (const { record, text } of ended) {
        if (text === null) continue;
        const { prompt, answer, cut } = text;
        const row = { id: record.id, prompt, answer, cut: Number(cut), bytes: sizeOf(text) };
        await transaction.insertInto('request_texts').values(row).execute();
      }
    });
  }

  /** At most `limit` of those that match, newest first. */
  async page(input: ListRequestsInput, limit: number): Promise<readonly RequestRecord[]> {
    const { before, modelId, requesterId, outcome } = input;
    const rows = await this.#select()
      .$if(before !== undefined, (query) => query.where('requests.id', '<', before ?? ''))
      .$if(modelId !== undefined, (query) => query.where('requests.model_id', '=', modelId ?? ''))
      .$if(requesterId !== undefined, (query) => query.where('requests.requester_id', '=', requesterId ?? ''))
      .$if(outcome !== undefined, (query) => query.where('requests.state', '=', outcome ?? ''))
      .orderBy('requests.id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toRecord);
  }

  async find(id: string): Promise<RequestRecord | undefined> {
    const row = await this.#select().where('requests.id', '=', id).executeTakeFirst();
    return row && toRecord(row);
  }

  /** Removes some of those that ended before a moment, with their text, and answers their ids; none when all are gone. */
  async removeSome(endedBefore: string): Promise<readonly string[]> {
    const rows = await this.#db
      .deleteFrom('requests')
      .where('id', 'in', (old) =>
        old.selectFrom('requests').select('id').where('ended_at', '<', endedBefore).limit(deletedAtOnce),
      )
      .returning('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  #select() {
    return this.#db
      .selectFrom('requests')
      .leftJoin('request_texts', 'request_texts.id', 'requests.id')
      .selectAll('requests')
      .select('request_texts.bytes');
  }
}

function toRecord({ bytes, ...row }: RecordRow & { readonly bytes: number | null }): RequestRecord {
  return fromRow(row, bytes !== null);
}
