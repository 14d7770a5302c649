import type { AuditEntry, AuditFacets, AuditFilter, AuditPage, ListAuditInput } from '@impetus/contracts';
import { auditOutcomes, principalKinds } from '@impetus/contracts';
import { sql, type Selectable, type SelectQueryBuilder } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../db/connection.ts';
import { oneAtATime } from '../../db/one-at-a-time.ts';
import type { Schema } from '../../db/schema.ts';
import type { Log } from '../../log/types.ts';
import { addressGroup } from '../throttle/throttle.ts';
import type { Audit, AuditRecord } from '../types.ts';

type Row = Selectable<Schema['audit']>;

/** Refused tries of the same kind from the same place within this are one entry. */
const repeatMs = 10 * 60_000;
/** Counts of repeated tries are written this often, not at each try. */
const countAfterMs = 250;
/** More places than these at once are a flood, and share one entry. */
const mostRepeats = 200;
const trimEvery = 500;
const dayMs = 24 * 3_600_000;
const exportPage = 500;

export interface AuditLimits {
  readonly maxAgeDays: number;
  readonly maxEntries: number;
}

export interface StoredAuditOptions {
  readonly db: Db;
  readonly log: Log;
  readonly limits: () => AuditLimits;
}

/** An entry that is counted on. */
interface Repeated {
  readonly id: Promise<number | null>;
  readonly until: number;
  count: number;
}

const kindSchema = z.enum(principalKinds);
const outcomeSchema = z.enum(auditOutcomes);

/** The audit in the database, bounded by age and number. Refused tries have no more than a tenth of the room. */
export class StoredAudit implements Audit, AsyncDisposable {
  readonly #options: StoredAuditOptions;
  readonly #inTurn = oneAtATime();
  readonly #repeated = new Map<string, Repeated>();
  readonly #uncounted = new Map<Repeated, string>();
  #timer: NodeJS.Timeout | undefined;
  #untrimmed = trimEvery;

  constructor(options: StoredAuditOptions) {
    this.#options = options;
  }

  record(record: AuditRecord): void {
    if (record.outcome !== 'refused') {
      void this.#insert(record);
      return;
    }
    const now = Date.now();
    const key = this.#repeatKey(record, now);
    const known = this.#repeated.get(key);
    if (known === undefined || now >= known.until) {
      this.#repeated.set(key, { id: this.#insert(record), until: now + repeatMs, count: 1 });
    } else {
      known.count += 1;
      this.#uncounted.set(known, new Date(now).toISOString());
      this.#timer ??= setTimeout(() => void this.#writeCounts(), countAfterMs).unref();
    }
  }

  async list({ before, limit, ...filter }: ListAuditInput): Promise<AuditPage> {
    const rows = await this.#matching(filter)
      .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const entries = rows.slice(0, limit).map(toEntry);
    return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
  }

  async facets(): Promise<AuditFacets> {
    const { db } = this.#options;
    const actions = await db.selectFrom('audit').select('action').distinct().orderBy('action').execute();
    const who = await db
      .selectFrom('audit')
      .select(['who_id as id', (expression) => expression.fn.max('who_name').as('name')])
      .where('who_id', 'is not', null)
      .groupBy('who_id')
      .orderBy('name')
      .execute();
    return {
      actions: actions.map(({ action }) => action),
      who: who.flatMap(({ id, name }) => (id === null ? [] : [{ id, name: name ?? id }])),
    };
  }

  async *entries(filter: AuditFilter): AsyncGenerator<AuditEntry> {
    let last = 0;
    for (;;) {
      const rows = await this.#matching(filter)
        .where('id', '>', last)
        .orderBy('id')
        .limit(exportPage)
        .execute();
      yield* rows.map(toEntry);
      last = rows.at(-1)?.id ?? last;
      if (rows.length < exportPage) return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writeCounts();
    await this.#inTurn(() => Promise.resolve());
  }

  #repeatKey({ action, principal, address = null, detail }: AuditRecord, now: number): string {
    for (const [key, { until }] of this.#repeated) if (now >= until) this.#repeated.delete(key);
    const place = this.#repeated.size < mostRepeats ? addressGroup(address) : 'a flood';
    return JSON.stringify([action, principal?.id ?? null, place, detail?.['code'] ?? null]);
  }

  #insert(record: AuditRecord): Promise<number | null> {
    const at = new Date().toISOString();
    const {
      action,
      subject = null,
      detail = {},
      principal = null,
      address = null,
      outcome = 'done',
    } = record;
    const row = {
      at,
      last_at: at,
      count: 1,
      action,
      outcome,
      who_kind: principal?.kind ?? null,
      who_id: principal?.id ?? null,
      who_name: principal?.name ?? null,
      subject,
      detail: JSON.stringify(detail),
      address,
    };
    return this.#inTurn(async () => {
      const { insertId } = await this.#options.db.insertInto('audit').values(row).executeTakeFirst();
      await this.#trimNowAndThen();
      return Number(insertId);
    }).catch((error: unknown) => this.#failed(error));
  }

  async #writeCounts(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counts = [...this.#uncounted];
    this.#uncounted.clear();
    for (const [repeated, last_at] of counts) {
      const id = await repeated.id;
      if (id === null) continue;
      await this.#inTurn(async () => {
        const change = { count: repeated.count, last_at };
        await this.#options.db.updateTable('audit').set(change).where('id', '=', id).execute();
      }).catch((error: unknown) => this.#failed(error));
    }
  }

  #failed(error: unknown): null {
    this.#options.log.error({ err: error }, 'An entry of the audit could not be written.');
    return null;
  }

  async #trimNowAndThen(): Promise<void> {
    this.#untrimmed += 1;
    if (this.#untrimmed < trimEvery) return;
    this.#untrimmed = 0;
    const { db, limits } = this.#options;
    const { maxAgeDays, maxEntries } = limits();
    const oldest = new Date(Date.now() - maxAgeDays * dayMs).toISOString();
    await db.deleteFrom('audit').where('last_at', '<', oldest).execute();
    await this.#keepNewest('refused', Math.ceil(maxEntries / 10));
    await this.#keepNewest(null, maxEntries);
  }

  async #keepNewest(outcome: 'refused' | null, count: number): Promise<void> {
    const { db } = this.#options;
    const newest = db
      .selectFrom('audit')
      .select('id')
      .$if(outcome !== null, (query) => query.where('outcome', '=', outcome ?? ''))
      .orderBy('id', 'desc')
      .offset(count)
      .limit(1);
    await db
      .deleteFrom('audit')
      .where('id', '<=', newest)
      .$if(outcome !== null, (query) => query.where('outcome', '=', outcome ?? ''))
      .execute();
  }

  #matching({
    action,
    outcome,
    whoId,
    text,
    from,
    to,
  }: AuditFilter): SelectQueryBuilder<Schema, 'audit', Row> {
    let query = this.#options.db.selectFrom('audit').selectAll();
    if (action !== undefined) query = query.where(sql`substr(action, 1, ${action.length})`, '=', action);
    if (outcome !== undefined) query = query.where('outcome', '=', outcome);
    if (whoId !== undefined) query = query.where('who_id', '=', whoId);
    if (from !== undefined) query = query.where('last_at', '>=', new Date(from).toISOString());
    if (to !== undefined) query = query.where('at', '<=', new Date(to).toISOString());
    if (text !== undefined) {
      const searched = sql`lower(concat_ws(char(10), subject, who_name, address, detail, action))`;
      query = query.where(sql<number>`instr(${searched}, ${text.toLowerCase()})`, '>', 0);
    }
    return query;
  }
}

function toEntry(row: Row): AuditEntry {
  const kind = kindSchema.safeParse(row.who_kind);
  return {
    id: row.id,
    at: row.at,
    lastAt: row.last_at,
    count: row.count,
    action: row.action,
    outcome: outcomeSchema.catch('failed').parse(row.outcome),
    who:
      row.who_id === null || !kind.success
        ? null
        : { kind: kind.data, id: row.who_id, name: row.who_name ?? row.who_id },
    subject: row.subject,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    address: row.address,
  };
}
