import { createHash, randomBytes } from 'node:crypto';
import { ImpetusError, scopeSchema, type GrantInfo, type Scope } from '@impetus/contracts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../db/connection.ts';
import { oneAtATime } from '../../db/one-at-a-time.ts';
import type { Schema } from '../../db/schema.ts';
import type { EventBus } from '../../events/bus.ts';

/** How long a client may stay away before it has to be let in again. */
export const refreshTokenMs = 60 * 86_400_000;

const scopesSchema = z.array(scopeSchema);
const hash = (token: string) => createHash('sha256').update(token).digest('hex');

export interface Grant extends GrantInfo {
  readonly userId: string;
}

export interface NewGrant {
  readonly userId: string;
  readonly clientId: string;
  readonly deviceName: string;
  readonly scopes: readonly Scope[];
  readonly createdBy: string;
  readonly address: string;
}

/** A grant and the refresh token that is good next: the only time that it is seen. */
export interface RefreshedGrant {
  readonly grant: Grant;
  readonly refreshToken: string;
}

/** Why a refresh token is not good. `reused`: it was used before, and its grant was ended for it. */
export type RefreshRefusal = 'unknown' | 'reused' | 'revoked' | 'expired';

function toGrant(row: Selectable<Schema['oauth_grants']>): Grant {
  return {
    id: row.id,
    userId: row.user_id,
    clientId: row.client_id,
    deviceName: row.device_name,
    scopes: scopesSchema.parse(JSON.parse(row.scopes)),
    createdAt: row.created_at,
    createdBy: row.created_by,
    lastUsedAt: row.last_used_at,
    address: row.address,
    revokedAt: row.revoked_at,
  };
}

/**
 * The clients that were let in. All are held in memory, because this process alone writes them: a token of a revoked
 * one is refused from the moment that its revocation is on the disk.
 */
export class StoredGrants {
  readonly #db: Db;
  readonly #bus: EventBus;
  readonly #now: () => number;
  readonly #grants = new Map<string, Grant>();
  readonly #inTurn = oneAtATime();

  private constructor(db: Db, bus: EventBus, now: () => number) {
    this.#db = db;
    this.#bus = bus;
    this.#now = now;
  }

  static async open(db: Db, bus: EventBus, now: () => number): Promise<StoredGrants> {
    const grants = new StoredGrants(db, bus, now);
    await db.deleteFrom('oauth_refresh_tokens').where('expires_at', '<', grants.#time()).execute();
    const rows = await db.selectFrom('oauth_grants').selectAll().orderBy('created_at').execute();
    for (const row of rows) grants.#grants.set(row.id, toGrant(row));
    return grants;
  }

  find(id: string): Grant | undefined {
    return this.#grants.get(id);
  }

  /** Newest first. */
  list(): readonly Grant[] {
    return [...this.#grants.values()].toReversed();
  }

  async create({ scopes, ...chosen }: NewGrant): Promise<RefreshedGrant> {
    const createdAt = this.#time();
    const grant: Grant = {
      ...chosen,
      id: `grant_${randomBytes(9).toString('base64url')}`,
      scopes,
      createdAt,
      lastUsedAt: createdAt,
      revokedAt: null,
    };
    const { token, row } = this.#newToken(grant.id);
    await this.#db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('oauth_grants')
        .values({
          id: grant.id,
          user_id: grant.userId,
          client_id: grant.clientId,
          device_name: grant.deviceName,
          scopes: JSON.stringify(scopes),
          created_at: createdAt,
          created_by: grant.createdBy,
          last_used_at: createdAt,
          address: grant.address,
          revoked_at: null,
        })
        .execute();
      await transaction.insertInto('oauth_refresh_tokens').values(row).execute();
    });
    this.#grants.set(grant.id, grant);
    return { grant, refreshToken: token };
  }

  /**
   * Takes a refresh token and gives the next. One that comes a second time was stolen, from the client or by it:
   * nobody can tell which of the two is the thief, so the grant ends.
   */
  refresh(token: string, clientId: string): Promise<RefreshedGrant | RefreshRefusal> {
    return this.#inTurn(async () => {
      const found = await this.#db
        .selectFrom('oauth_refresh_tokens')
        .selectAll()
        .where('hash', '=', hash(token))
        .executeTakeFirst();
      const grant = this.#grants.get(found?.grant_id ?? '');
      if (found === undefined || grant === undefined || grant.clientId !== clientId) return 'unknown';
      if (grant.revokedAt !== null) return 'revoked';
      if (found.used_at !== null) {
        await this.#end(grant, 'A refresh token of this client was used twice, so its access was ended.');
        return 'reused';
      }
      if (found.expires_at <= this.#time()) return 'expired';
      return this.#replace(grant, found.hash);
    });
  }

  /** The grant of a refresh token, used or not. */
  async ofToken(token: string): Promise<Grant | undefined> {
    const found = await this.#db
      .selectFrom('oauth_refresh_tokens')
      .select('grant_id')
      .where('hash', '=', hash(token))
      .executeTakeFirst();
    return this.#grants.get(found?.grant_id ?? '');
  }

  /** Throws `not_found` for an unknown id. */
  revoke(id: string): Promise<Grant> {
    return this.#inTurn(async () => {
      const grant = this.#grants.get(id);
      if (grant === undefined) {
        throw new ImpetusError('not_found', `There is no client with the id “${id}”.`, { param: 'id' });
      }
      if (grant.revokedAt === null) await this.#end(grant, 'The access of this client was revoked.');
      return grant;
    });
  }

  /** Seen now, for the list; it is written with the next refresh. */
  touch(id: string): void {
    const grant = this.#grants.get(id);
    if (grant !== undefined) this.#grants.set(id, { ...grant, lastUsedAt: this.#time() });
  }

  async #replace(grant: Grant, usedHash: string): Promise<RefreshedGrant> {
    const now = this.#time();
    const { token, row } = this.#newToken(grant.id);
    await this.#db.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('oauth_refresh_tokens')
        .set({ used_at: now })
        .where('hash', '=', usedHash)
        .execute();
      await transaction.insertInto('oauth_refresh_tokens').values(row).execute();
      await transaction
        .updateTable('oauth_grants')
        .set({ last_used_at: now })
        .where('id', '=', grant.id)
        .execute();
    });
    const used = { ...grant, lastUsedAt: now };
    this.#grants.set(grant.id, used);
    return { grant: used, refreshToken: token };
  }

  async #end(grant: Grant, message: string): Promise<void> {
    const revokedAt = this.#time();
    await this.#db
      .updateTable('oauth_grants')
      .set({ revoked_at: revokedAt })
      .where('id', '=', grant.id)
      .execute();
    this.#grants.set(grant.id, { ...grant, revokedAt });
    this.#bus.emit('access-ended', { of: 'grant', id: grant.id, message });
  }

  #newToken(grantId: string) {
    const token = `imr_${randomBytes(32).toString('base64url')}`;
    const row = {
      hash: hash(token),
      grant_id: grantId,
      created_at: this.#time(),
      expires_at: new Date(this.#now() + refreshTokenMs).toISOString(),
      used_at: null,
    };
    return { token, row };
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}
