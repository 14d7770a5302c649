import {
  ImpetusError,
  type ApiKeyInfo,
  type CreatedKey,
  type CreateKeyInput,
  type KeyLimits,
  type RotateKeyInput,
  type UpdateKeyInput,
} from '@impetus/contracts';
import type { Db } from '../../db/connection.ts';
import { oneAtATime } from '../../db/one-at-a-time.ts';
import { endsAccessOf } from '../../events/access-ended.ts';
import type { EventBus } from '../../events/bus.ts';
import type { StateFeed } from '../../events/types.ts';
import type { Log } from '../../log/types.ts';
import { WrittenLater } from '../later.ts';
import type { ApiKeys, Maker, Principal } from '../types.ts';
import { checkKey, type KeyVerdict } from './check-key.ts';
import { formatKey, hashSecret, newKeyParts, parseKey } from './key-format.ts';
import { toRecord, type KeyRecord, type KeyRow } from './key-record.ts';

const theAgent: Maker = { name: 'The agent', userId: null };

export interface StoredApiKeysOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly log: Log;
}

/**
 * The API keys. All of them are held in memory, because this process alone writes them: a check costs no
 * query, and a revoked key is refused from the moment that its revocation is on the disk.
 */
export class StoredApiKeys implements ApiKeys, AsyncDisposable {
  readonly #db: Db;
  readonly #bus: EventBus;
  readonly #feed: StateFeed;
  readonly #records = new Map<string, KeyRecord>();
  /** When each was last used, since the agent started. */
  readonly #lastUsed = new Map<string, string>();
  readonly #lastUsedLater: WrittenLater<string>;
  readonly #inTurn = oneAtATime();
  /** The expired ones whose end was told. */
  readonly #overdue = new Set<string>();

  readonly #listening: Disposable;

  private constructor({ db, bus, feed, log }: StoredApiKeysOptions) {
    this.#db = db;
    this.#bus = bus;
    this.#feed = feed;
    // Keys of a device or user that is gone were revoked on the disk together with it.
    this.#listening = bus.on('access-ended', (ended) => {
      if (ended.changed === true || ended.of === 'key') return;
      for (const { row, principal } of this.#records.values()) {
        if (row.revoked_at === null && endsAccessOf(principal, ended)) {
          this.#records.set(row.id, toRecord({ ...row, revoked_at: new Date().toISOString() }));
        }
      }
    });
    this.#lastUsedLater = new WrittenLater((times) => this.#writeLastUsed(times), log);
  }

  static async open(options: StoredApiKeysOptions): Promise<StoredApiKeys> {
    const keys = new StoredApiKeys(options);
    const rows = await options.db.selectFrom('api_keys').selectAll().orderBy('created_at').execute();
    for (const row of rows) keys.#records.set(row.id, toRecord(row));
    return keys;
  }

  async create(input: CreateKeyInput, maker: Maker = theAgent): Promise<CreatedKey> {
    const parts = newKeyParts();
    const row: KeyRow = {
      id: parts.id,
      name: input.name,
      secret_hash: hashSecret(parts.secret),
      scopes: JSON.stringify([...new Set(input.scopes)]),
      created_at: new Date().toISOString(),
      last_used_at: null,
      revoked_at: null,
      limits: JSON.stringify(input.limits ?? {}),
      created_by: maker.name,
      user_id: maker.userId,
      device_id: input.deviceId ?? null,
      expires_at: input.expiresAt ?? null,
      old_hash: null,
      old_until: null,
    };
    await this.#db.insertInto('api_keys').values(row).execute();
    this.#records.set(row.id, toRecord(row));
    this.#changed();
    return { id: row.id, key: formatKey(parts) };
  }

  list(): readonly ApiKeyInfo[] {
    return [...this.#records.values()].map(({ info }) => this.#asOfNow(info)).toReversed();
  }

  limitsOf(id: string): KeyLimits | null {
    return this.#records.get(id)?.info.limits ?? null;
  }

  update({ id, name, scopes, limits, expiresAt }: UpdateKeyInput): Promise<ApiKeyInfo> {
    return this.#inTurn(async () => {
      const before = this.#requireUsable(id);
      const after = await this.#write(id, {
        ...(name !== undefined && { name }),
        ...(scopes !== undefined && { scopes: JSON.stringify(scopes) }),
        ...(limits !== undefined && { limits: JSON.stringify({ ...before.info.limits, ...limits }) }),
        ...(expiresAt !== undefined && { expires_at: expiresAt }),
      });
      if (before.info.scopes.some((scope) => !after.info.scopes.includes(scope))) {
        const message = `The API key “${after.info.name}” may do less than before. Connect again.`;
        this.#bus.emit('access-ended', { of: 'key', id, message, changed: true });
      }
      return this.#asOfNow(after.info);
    });
  }

  rotate({ id, graceSeconds }: RotateKeyInput): Promise<CreatedKey> {
    return this.#inTurn(async () => {
      const { row, info } = this.#requireUsable(id);
      const { secret } = newKeyParts();
      const until = new Date(Date.now() + graceSeconds * 1_000).toISOString();
      await this.#write(id, {
        secret_hash: hashSecret(secret),
        old_hash: graceSeconds === 0 ? null : row.secret_hash,
        old_until: graceSeconds === 0 ? null : until,
      });
      if (graceSeconds === 0) this.#end(id, `The API key “${info.name}” has a new secret.`);
      return { id, key: formatKey({ id, secret }) };
    });
  }

  revoke(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const { info } = this.#require(id);
      if (info.revokedAt !== null) return;
      await this.#write(id, { revoked_at: new Date().toISOString(), old_hash: null, old_until: null });
      this.#end(id, `The API key “${info.name}” was revoked.`);
    });
  }

  verify(key: string): Principal {
    const parts = parseKey(key);
    if (parts === null) {
      throw new ImpetusError(
        'unauthorized',
        'What was sent is not an API key of this agent. A key looks like imp_<id>_<secret>; check that it was copied whole.',
      );
    }
    const record = this.#records.get(parts.id);
    const verdict = checkKey(record?.row, hashSecret(parts.secret), Date.now());
    if (record === undefined || verdict !== 'good') throw refusal(verdict, record?.info.name ?? '');
    const now = new Date().toISOString();
    this.#lastUsed.set(parts.id, now);
    this.#lastUsedLater.set(parts.id, now);
    return record.principal;
  }

  /** Ends what runs on keys whose time is over; checks refuse them from that moment anyway. */
  endOverdue(): void {
    const now = Date.now();
    for (const { info } of this.#records.values()) {
      if (info.revokedAt !== null || info.expiresAt === null || this.#overdue.has(info.id)) continue;
      if (now < Date.parse(info.expiresAt)) continue;
      this.#overdue.add(info.id);
      this.#end(info.id, `The API key “${info.name}” has expired.`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]();
    await this.#lastUsedLater[Symbol.asyncDispose]();
  }

  async #writeLastUsed(times: ReadonlyMap<string, string>): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      for (const [id, last_used_at] of times) {
        await transaction.updateTable('api_keys').set({ last_used_at }).where('id', '=', id).execute();
      }
    });
  }

  #asOfNow(info: ApiKeyInfo): ApiKeyInfo {
    return { ...info, lastUsedAt: this.#lastUsed.get(info.id) ?? info.lastUsedAt };
  }

  #require(id: string): KeyRecord {
    const record = this.#records.get(id);
    if (record !== undefined) return record;
    throw new ImpetusError('not_found', `There is no API key with the id “${id}”.`, { param: 'id' });
  }

  #requireUsable(id: string): KeyRecord {
    const record = this.#require(id);
    if (record.info.revokedAt === null) return record;
    throw new ImpetusError('conflict', `The API key “${record.info.name}” was revoked. Create another.`);
  }

  /** Writes to the disk, then to memory: what was refused for a moment longer is safer than what was let in. */
  async #write(id: string, change: Partial<KeyRow>): Promise<KeyRecord> {
    if (Object.keys(change).length > 0) {
      await this.#db.updateTable('api_keys').set(change).where('id', '=', id).execute();
    }
    this.#overdue.delete(id);
    const record = toRecord({ ...this.#require(id).row, ...change });
    this.#records.set(id, record);
    this.#changed();
    return record;
  }

  #changed(): void {
    this.#feed.publish({ type: 'identity', changed: 'keys' });
  }

  #end(id: string, message: string): void {
    this.#bus.emit('access-ended', { of: 'key', id, message });
  }
}

function refusal(verdict: KeyVerdict, name: string): ImpetusError {
  const messages = {
    unknown: 'This API key is not known here. Create one with “keys create”.',
    revoked: `The API key “${name}” was revoked. Create another.`,
    expired: `The API key “${name}” has expired. Create another, or give it more time.`,
  };
  return new ImpetusError('unauthorized', messages[verdict === 'good' ? 'unknown' : verdict]);
}
