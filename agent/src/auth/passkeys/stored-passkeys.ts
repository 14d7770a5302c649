import { ImpetusError, type PasskeyInfo } from '@impetus/contracts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../db/connection.ts';
import type { Schema } from '../../db/schema.ts';

export type PasskeyRow = Selectable<Schema['passkeys']>;

const transportsSchema = z.array(z.string());

export const toInfo = (row: PasskeyRow): PasskeyInfo => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  synced: row.synced === 1,
});

export const transportsOf = (row: PasskeyRow): string[] => transportsSchema.parse(JSON.parse(row.transports));

/** The public halves of passkeys: nothing here lets anybody in. */
export class StoredPasskeys {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  find(id: string): Promise<PasskeyRow | undefined> {
    return this.#db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** Newest first. */
  ofUser(userId: string): Promise<PasskeyRow[]> {
    return this.#db
      .selectFrom('passkeys')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at', 'desc')
      .execute();
  }

  async add(row: PasskeyRow): Promise<void> {
    await this.#db.insertInto('passkeys').values(row).execute();
  }

  /** Whether the counter was still the one that was read: of two uses at once, one counts. */
  async used(row: PasskeyRow, counter: number, at: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('passkeys')
      .set({ counter, last_used_at: at })
      .where('id', '=', row.id)
      .where('counter', '=', row.counter)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async rename(userId: string, id: string, name: string): Promise<void> {
    const { numUpdatedRows } = await this.#db
      .updateTable('passkeys')
      .set({ name })
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw unknown();
  }

  async remove(userId: string, id: string): Promise<PasskeyRow> {
    const row = await this.#db
      .deleteFrom('passkeys')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw unknown();
    return row;
  }
}

const unknown = () => new ImpetusError('not_found', 'You have no such passkey.', { param: 'id' });
