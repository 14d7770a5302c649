import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  ImpetusError,
  scopeSchema,
  type ApiKeyInfo,
  type CreatedKey,
  type CreateKeyInput,
} from '@impetus/contracts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db } from '../db/connection.ts';
import type { Schema } from '../db/schema.ts';
import type { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import { formatKey, hashSecret, newKeyParts, parseKey } from './key-format.ts';
import { LastUsed } from './last-used.ts';
import type { ApiKeys, Principal } from './types.ts';

const scopesSchema = z.array(scopeSchema);

interface KeyRecord {
  readonly info: ApiKeyInfo;
  readonly hash: Buffer;
  readonly principal: Principal;
}

function toRecord(row: Selectable<Schema['api_keys']>): KeyRecord {
  const scopes = scopesSchema.parse(JSON.parse(row.scopes));
  return {
    hash: Buffer.from(row.secret_hash),
    principal: { kind: 'key', id: row.id, name: row.name, scopes },
    info: {
      id: row.id,
      name: row.name,
      scopes,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      revokedAt: row.revoked_at,
    },
  };
}

/** Compared against when a key is unknown, so that the work does not tell whether its id exists. */
const noHash = randomBytes(32);

/**
 * The API keys. All of them are held in memory, because this process alone writes them: a check costs no
 * query, and a revoked key is refused from the moment that its revocation is on the disk.
 */
export class StoredApiKeys implements ApiKeys, AsyncDisposable {
  readonly #db: Db;
  readonly #bus: EventBus;
  readonly #records = new Map<string, KeyRecord>();
  readonly #lastUsed: LastUsed;

  private constructor(db: Db, bus: EventBus, log: Log) {
    this.#db = db;
    this.#bus = bus;
    this.#lastUsed = new LastUsed(db, log);
  }

  static async open(db: Db, bus: EventBus, log: Log): Promise<StoredApiKeys> {
    const keys = new StoredApiKeys(db, bus, log);
    const rows = await db.selectFrom('api_keys').selectAll().orderBy('created_at').execute();
    for (const row of rows) keys.#records.set(row.id, toRecord(row));
    return keys;
  }

  async create(input: CreateKeyInput): Promise<CreatedKey> {
    const parts = newKeyParts();
    const row: Selectable<Schema['api_keys']> = {
      id: parts.id,
      name: input.name,
      secret_hash: hashSecret(parts.secret),
      scopes: JSON.stringify([...new Set(input.scopes)]),
      created_at: new Date().toISOString(),
      last_used_at: null,
      revoked_at: null,
    };
    await this.#db.insertInto('api_keys').values(row).execute();
    this.#records.set(row.id, toRecord(row));
    return { id: row.id, key: formatKey(parts) };
  }

  list(): readonly ApiKeyInfo[] {
    return [...this.#records.values()]
      .map(({ info }) => ({ ...info, lastUsedAt: this.#lastUsed.of(info.id) ?? info.lastUsedAt }))
      .toReversed();
  }

  async revoke(id: string): Promise<void> {
    const record = this.#records.get(id);
    if (record === undefined) {
      throw new ImpetusError('not_found', `There is no API key with the id “${id}”.`, { param: 'id' });
    }
    if (record.info.revokedAt !== null) return;
    const revokedAt = new Date().toISOString();
    await this.#db.updateTable('api_keys').set({ revoked_at: revokedAt }).where('id', '=', id).execute();
    this.#records.set(id, { ...record, info: { ...record.info, revokedAt } });
    this.#bus.emit('key-revoked', { id });
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
    const matches = timingSafeEqual(hashSecret(parts.secret), record?.hash ?? noHash);
    if (record === undefined || !matches) {
      throw new ImpetusError(
        'unauthorized',
        'This API key is not known here. Create one with “keys create”.',
      );
    }
    // Told only to whoever holds the whole key.
    if (record.info.revokedAt !== null) {
      throw new ImpetusError(
        'unauthorized',
        `The API key “${record.info.name}” was revoked. Create another.`,
      );
    }
    this.#lastUsed.touch(parts.id);
    return record.principal;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lastUsed[Symbol.asyncDispose]();
  }
}
