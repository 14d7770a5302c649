import { ImpetusError } from '@impetus/contracts';
import type { Db } from '../db/connection.ts';
import { endsAccessOf, type AccessHolder } from '../events/access-ended.ts';
import type { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import type { ResponseItem, ResponseObject, Responses, StoredResponse } from './types.ts';

/** Counted from the last time that a response was written or gone on from, as OpenAI does. */
const maxAgeMs = 30 * 86_400_000;
const maxBytes = 256 * 2 ** 20;
/** Longer conversations are handed back by their clients. */
const longestConversation = 2_000;

export interface StoredResponsesOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly log: Log;
  readonly now?: () => number;
  readonly maxBytes?: number;
}

interface Running {
  readonly owner: AccessHolder;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Responses in the database: those that were acknowledged as stored outlive the agent. */
export class StoredResponses implements Responses {
  readonly #options: StoredResponsesOptions;
  readonly #running = new Map<string, Running>();
  readonly #listening: Disposable;

  private constructor(options: StoredResponsesOptions) {
    this.#options = options;
    this.#listening = options.bus.on('access-ended', (ended) => {
      for (const { owner, abort } of this.#running.values()) {
        if (endsAccessOf(owner, ended)) abort.abort(new ImpetusError('unauthorized', ended.message));
      }
      if (ended.changed !== true) void this.#forgetOwner(ended.id);
    });
  }

  /** What was under way when the agent ended is told as failed. */
  static async open(options: StoredResponsesOptions): Promise<StoredResponses> {
    const { db } = options;
    const cut = await db
      .selectFrom('responses')
      .select(['id', 'response'])
      .where('running', '=', 1)
      .execute();
    for (const { id, response } of cut) {
      const failed: ResponseObject = {
        ...(JSON.parse(response) as ResponseObject),
        status: 'failed',
        error: { code: 'server_error', message: 'The agent ended while it wrote this response.' },
      };
      await db
        .updateTable('responses')
        .set({ response: JSON.stringify(failed), running: 0 })
        .where('id', '=', id)
        .execute();
    }
    const responses = new StoredResponses(options);
    await responses.#prune();
    return responses;
  }

  async keep(ownerId: string, stored: StoredResponse): Promise<void> {
    await this.#write(ownerId, stored, false);
    await this.#prune();
  }

  async find(ownerId: string, id: string): Promise<StoredResponse | null> {
    const row = await this.#options.db
      .selectFrom('responses')
      .select(['response', 'previous_id', 'input'])
      .where('id', '=', id)
      .where('owner_id', '=', ownerId)
      .executeTakeFirst();
    if (row === undefined) return null;
    return {
      response: JSON.parse(row.response) as ResponseObject,
      previousId: row.previous_id,
      input: JSON.parse(row.input) as ResponseItem[],
    };
  }

  async conversation(ownerId: string, id: string): Promise<readonly StoredResponse[] | null> {
    const found: StoredResponse[] = [];
    for (let next: string | null = id; next !== null;) {
      const stored: StoredResponse | null = await this.find(ownerId, next);
      if (stored === null || found.length === longestConversation) return null;
      found.unshift(stored);
      next = stored.previousId;
    }
    // A conversation ages as a whole, so that its beginning is not lost while it goes on.
    const ids = found.map(({ response }) => response.id);
    await this.#options.db
      .updateTable('responses')
      .set({ used_at: this.#now() })
      .where('id', 'in', ids)
      .execute();
    return found;
  }

  async remove(ownerId: string, id: string): Promise<boolean> {
    await this.cancel(ownerId, id);
    const { numDeletedRows } = await this.#options.db
      .deleteFrom('responses')
      .where('id', '=', id)
      .where('owner_id', '=', ownerId)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async run(
    owner: AccessHolder,
    stored: StoredResponse,
    work: (signal: AbortSignal) => Promise<ResponseObject>,
  ): Promise<void> {
    const { id } = stored.response;
    await this.#write(owner.id, stored, true);
    const abort = new AbortController();
    const done = work(abort.signal)
      .then((response) => this.keep(owner.id, { ...stored, response }))
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'A response was not kept.'))
      .finally(() => this.#running.delete(id));
    this.#running.set(id, { owner, abort, done });
  }

  async cancel(ownerId: string, id: string): Promise<boolean> {
    const running = this.#running.get(id);
    if (running?.owner.id !== ownerId) return false;
    running.abort.abort();
    await running.done;
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]();
    const reason = new ImpetusError('shutting_down', 'The agent is stopping.');
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort(reason);
    await Promise.all(running.map(({ done }) => done));
  }

  async #write(ownerId: string, stored: StoredResponse, running: boolean): Promise<void> {
    const { response, previousId, input } = stored;
    const texts = { response: JSON.stringify(response), input: JSON.stringify(input) };
    const values = {
      ...texts,
      running: running ? 1 : 0,
      used_at: this.#now(),
      bytes: Buffer.byteLength(texts.response) + Buffer.byteLength(texts.input),
    };
    await this.#options.db
      .insertInto('responses')
      .values({ id: response.id, owner_id: ownerId, previous_id: previousId, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute();
  }

  /** Nobody can ask for them any more. */
  async #forgetOwner(ownerId: string): Promise<void> {
    try {
      await this.#options.db.deleteFrom('responses').where('owner_id', '=', ownerId).execute();
    } catch (error) {
      this.#options.log.error({ err: error }, 'Responses of a key that ended could not be removed.');
    }
  }

  /** Drops those that are too old, and the oldest of those that are too much. */
  async #prune(): Promise<void> {
    const { db, maxBytes: most = maxBytes } = this.#options;
    await db.deleteFrom('responses').where('used_at', '<', this.#now(-maxAgeMs)).execute();
    const { total } = await db
      .selectFrom('responses')
      .select(({ fn }) => fn.sum<number | null>('bytes').as('total'))
      .executeTakeFirstOrThrow();
    if ((total ?? 0) > most) await this.#dropOldest(most);
  }

  async #dropOldest(most: number): Promise<void> {
    const { db } = this.#options;
    const rows = await db
      .selectFrom('responses')
      .select(['used_at', 'bytes'])
      .orderBy('used_at', 'desc')
      .execute();
    let bytes = 0;
    const first = rows.find((row) => (bytes += row.bytes) > most);
    if (first === undefined) return;
    await db.deleteFrom('responses').where('used_at', '<=', first.used_at).execute();
  }

  #now(offsetMs = 0): string {
    return new Date((this.#options.now ?? Date.now)() + offsetMs).toISOString();
  }
}
