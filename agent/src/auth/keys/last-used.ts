import type { Db } from '../../db/connection.ts';
import type { Log } from '../../log/types.ts';

const flushAfterMs = 60_000;

/** When keys were last used: known at once, written in one go at most once a minute. */
export class LastUsed implements AsyncDisposable {
  readonly #db: Db;
  readonly #log: Log;
  readonly #times = new Map<string, string>();
  readonly #unwritten = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Db, log: Log) {
    this.#db = db;
    this.#log = log;
  }

  of(id: string): string | undefined {
    return this.#times.get(id);
  }

  touch(id: string): void {
    this.#times.set(id, new Date().toISOString());
    this.#unwritten.add(id);
    this.#timer ??= setTimeout(() => void this.#flush(), flushAfterMs).unref();
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ids = [...this.#unwritten];
    this.#unwritten.clear();
    if (ids.length === 0) return;
    try {
      await this.#db.transaction().execute(async (transaction) => {
        for (const id of ids) {
          const lastUsed = { last_used_at: this.#times.get(id) ?? null };
          await transaction.updateTable('api_keys').set(lastUsed).where('id', '=', id).execute();
        }
      });
    } catch (error) {
      // Worth knowing, not worth failing for: the times are shown, nothing depends on them.
      this.#log.warn({ err: error }, 'When API keys were last used could not be written.');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#flush();
  }
}
