import { randomUUID } from 'node:crypto';
import {
  ImpetusError,
  scopes as allScopes,
  scopeSchema,
  type CreateUserInput,
  type OneTimePassword,
  type UpdateUserInput,
  type UserInfo,
} from '@impetus/contracts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../db/connection.ts';
import { oneAtATime } from '../../db/one-at-a-time.ts';
import type { Schema } from '../../db/schema.ts';
import type { EventBus } from '../../events/bus.ts';
import type { StateFeed } from '../../events/types.ts';
import { hashPassword, verifyPassword } from '../passwords/hash.ts';
import { requireGoodPassword } from '../passwords/rules.ts';
import type { Throttle } from '../throttle/throttle.ts';
import type { Maker, Users } from '../types.ts';
import { bareSecret, readableSecret } from './one-time.ts';

type Row = Selectable<Schema['users']>;

const scopesSchema = z.array(scopeSchema);
const oneTimeMs = 3 * 24 * 3_600_000;
const oneTimeGroups = 4;

export interface StoredUsersOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly throttle: Throttle;
  readonly endSessions: (userId: string, exceptId: string | null) => Promise<void>;
}

const nameKey = (name: string) => name.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/gu, ' ');

/** The accounts in the database, held in memory because this process alone writes them. */
export class StoredUsers implements Users {
  readonly #options: StoredUsersOptions;
  readonly #rows = new Map<string, Row>();
  readonly #inTurn = oneAtATime();

  private constructor(options: StoredUsersOptions) {
    this.#options = options;
  }

  static async open(options: StoredUsersOptions): Promise<StoredUsers> {
    const users = new StoredUsers(options);
    const rows = await options.db.selectFrom('users').selectAll().orderBy('created_at').execute();
    for (const row of rows) users.#rows.set(row.id, row);
    return users;
  }

  list(): readonly UserInfo[] {
    return [...this.#rows.values()].map(toInfo);
  }

  find(id: string): UserInfo | undefined {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : toInfo(row);
  }

  owner(): UserInfo | undefined {
    return this.list().find(({ owner }) => owner);
  }

  async createOwner({
    name,
    password,
  }: {
    readonly name: string;
    readonly password: string;
  }): Promise<UserInfo> {
    requireGoodPassword(password, name, 'password');
    const hash = await hashPassword(password);
    return this.#inTurn(async () => {
      if (this.owner() !== undefined) {
        throw new ImpetusError('conflict', 'This agent has an owner already. Sign in instead.');
      }
      return this.#insert({
        name,
        hash,
        owner: true,
        scopes: allScopes,
        createdBy: 'The set-up',
        oneTimeUntil: null,
      });
    });
  }

  async create({ name, scopes }: CreateUserInput, maker: Maker): Promise<OneTimePassword> {
    const password = readableSecret(oneTimeGroups);
    const hash = await hashPassword(bareSecret(password));
    const expiresAt = new Date(Date.now() + oneTimeMs).toISOString();
    const user = await this.#inTurn(() =>
      this.#insert({ name, hash, owner: false, scopes, createdBy: maker.name, oneTimeUntil: expiresAt }),
    );
    return { user, password, expiresAt };
  }

  update({ id, name, scopes }: UpdateUserInput): Promise<UserInfo> {
    return this.#inTurn(async () => {
      const before = this.#require(id);
      if (before.owner === 1 && scopes !== undefined && !scopes.includes('admin')) {
        throw new ImpetusError('conflict', 'The owner keeps every scope.', { param: 'scopes' });
      }
      if (name !== undefined) this.#requireFreeName(name, id);
      const row = await this.#write(id, {
        ...(name !== undefined && { name, name_key: nameKey(name) }),
        ...(scopes !== undefined && before.owner === 0 && { scopes: JSON.stringify(scopes) }),
      });
      if (row.scopes !== before.scopes) {
        const message = `What “${row.name}” may do has changed. Connect again.`;
        this.#options.bus.emit('access-ended', { of: 'user', id, message, changed: true });
      }
      return toInfo(row);
    });
  }

  remove(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const row = this.#require(id);
      if (row.owner === 1)
        throw new ImpetusError('conflict', 'The owner cannot be removed.', { param: 'id' });
      const revokedAt = new Date().toISOString();
      // Devices and sessions go with the user, by the foreign keys.
      await this.#options.db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('users').where('id', '=', id).execute();
        await transaction
          .updateTable('api_keys')
          .set({ revoked_at: revokedAt })
          .where('user_id', '=', id)
          .where('revoked_at', 'is', null)
          .execute();
      });
      this.#rows.delete(id);
      this.#options.bus.emit('access-ended', {
        of: 'user',
        id,
        message: `The user “${row.name}” was removed.`,
      });
      this.#changed();
    });
  }

  async giveOneTimePassword(id: string): Promise<OneTimePassword> {
    this.#require(id);
    const password = readableSecret(oneTimeGroups);
    const expiresAt = new Date(Date.now() + oneTimeMs).toISOString();
    const hash = await hashPassword(bareSecret(password));
    const row = await this.#inTurn(() => this.#write(id, { password_hash: hash, one_time_until: expiresAt }));
    await this.#options.endSessions(id, null);
    return { user: toInfo(row), password, expiresAt };
  }

  async setPassword(id: string, password: string, exceptSessionId: string | null = null): Promise<void> {
    requireGoodPassword(password, this.#require(id).name, 'password');
    const hash = await hashPassword(password);
    await this.#inTurn(() => this.#write(id, { password_hash: hash, one_time_until: null }));
    await this.#options.endSessions(id, exceptSessionId);
  }

  async signIn({ name, password, newPassword, address }: Parameters<Users['signIn']>[0]): Promise<UserInfo> {
    const key = nameKey(name);
    const attempt = { address, account: `user ${key}` };
    this.#options.throttle.begin(attempt);
    const row = [...this.#rows.values()].find(({ name_key }) => name_key === key);
    if (!(await matches(row, password)) || row === undefined) throw wrongNameOrPassword();
    this.#options.throttle.succeeded(attempt);
    if (row.one_time_until !== null) await this.#replaceOneTime(row, newPassword);
    const signedIn = { last_sign_in_at: new Date().toISOString() };
    return toInfo(await this.#inTurn(() => this.#write(row.id, signedIn)));
  }

  async changePassword(input: Parameters<Users['changePassword']>[0]): Promise<void> {
    const row = this.#require(input.id);
    const attempt = { address: input.address, account: `user ${row.name_key}` };
    this.#options.throttle.begin(attempt);
    if (!(await matches(row, input.current))) {
      throw new ImpetusError('forbidden', 'The old password is not right. Nothing was changed.', {
        param: 'current',
      });
    }
    this.#options.throttle.succeeded(attempt);
    await this.setPassword(input.id, input.next, input.exceptSessionId);
  }

  async #replaceOneTime(row: Row, newPassword: string | undefined): Promise<void> {
    if (newPassword === undefined) {
      throw new ImpetusError('conflict', 'This password is good for one sign-in. Choose your own now.', {
        param: 'newPassword',
      });
    }
    requireGoodPassword(newPassword, row.name, 'newPassword');
    const hash = await hashPassword(newPassword);
    await this.#inTurn(async () => {
      // Of two who come with it at once, one is first.
      if (this.#require(row.id).password_hash !== row.password_hash) throw wrongNameOrPassword();
      await this.#write(row.id, { password_hash: hash, one_time_until: null });
    });
  }

  async #insert(user: {
    readonly name: string;
    readonly hash: string;
    readonly owner: boolean;
    readonly scopes: readonly string[];
    readonly createdBy: string;
    readonly oneTimeUntil: string | null;
  }): Promise<UserInfo> {
    this.#requireFreeName(user.name, null);
    const row: Row = {
      id: randomUUID(),
      name: user.name,
      name_key: nameKey(user.name),
      password_hash: user.hash,
      one_time_until: user.oneTimeUntil,
      owner: user.owner ? 1 : 0,
      scopes: JSON.stringify(user.scopes),
      created_at: new Date().toISOString(),
      created_by: user.createdBy,
      last_sign_in_at: null,
    };
    await this.#options.db.insertInto('users').values(row).execute();
    this.#rows.set(row.id, row);
    this.#changed();
    return toInfo(row);
  }

  async #write(id: string, change: Partial<Row>): Promise<Row> {
    const before = this.#require(id);
    if (Object.keys(change).length > 0) {
      await this.#options.db.updateTable('users').set(change).where('id', '=', id).execute();
    }
    const row = { ...before, ...change };
    this.#rows.set(id, row);
    this.#changed();
    return row;
  }

  #require(id: string): Row {
    const row = this.#rows.get(id);
    if (row !== undefined) return row;
    throw new ImpetusError('not_found', 'There is no such user.', { param: 'id' });
  }

  #requireFreeName(name: string, id: string | null): void {
    const key = nameKey(name);
    const taken = [...this.#rows.values()].some((row) => row.name_key === key && row.id !== id);
    if (!taken) return;
    throw new ImpetusError('conflict', `There is a user “${name}” already. Choose another name.`, {
      param: 'name',
    });
  }

  #changed(): void {
    this.#options.feed.publish({ type: 'identity', changed: 'users' });
  }
}

/** Hashes exactly once, whatever is right or wrong about the name, the password or its age. */
async function matches(row: Row | undefined, password: string): Promise<boolean> {
  const oneTime = row !== undefined && row.one_time_until !== null;
  const right = await verifyPassword(row?.password_hash ?? null, oneTime ? bareSecret(password) : password);
  return right && !(oneTime && Date.now() >= Date.parse(row.one_time_until ?? ''));
}

function wrongNameOrPassword(): ImpetusError {
  return new ImpetusError('unauthorized', 'The name or the password is not right.');
}

function toInfo(row: Row): UserInfo {
  return {
    id: row.id,
    name: row.name,
    owner: row.owner === 1,
    scopes: scopesSchema.parse(JSON.parse(row.scopes)),
    mustChangePassword: row.one_time_until !== null,
    createdAt: row.created_at,
    createdBy: row.created_by,
    lastSignInAt: row.last_sign_in_at,
  };
}
