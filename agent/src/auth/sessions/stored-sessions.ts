import { randomUUID } from 'node:crypto';
import { ImpetusError, type DeviceInfo, type SessionInfo } from '@impetus/contracts';
import type { Selectable } from 'kysely';
import type { Db } from '../../db/connection.ts';
import type { Schema } from '../../db/schema.ts';
import { endsAccessOf } from '../../events/access-ended.ts';
import type { EventBus } from '../../events/bus.ts';
import type { StateFeed } from '../../events/types.ts';
import type { Log } from '../../log/types.ts';
import { WrittenLater } from '../later.ts';
import { scopesOf } from '../scopes.ts';
import type {
  Audit,
  BegunSession,
  CheckedSession,
  Devices,
  NewSession,
  Principal,
  Sessions,
  Users,
} from '../types.ts';
import { judgeToken, type Lifetimes } from './judge.ts';
import type { SessionStore, TokenRecord, TokenTable } from './types.ts';

type Row = Selectable<Schema['sessions']>;

export interface StoredSessionsOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly audit: Audit;
  readonly tokens: TokenTable;
  readonly store: SessionStore;
  readonly lifetimes: Lifetimes;
  readonly users: () => Pick<Users, 'find'>;
  readonly devices: () => Pick<Devices, 'find'> & DeviceSightings;
}

/** Where a device is told that it was seen. */
export interface DeviceSightings {
  seen(id: string, address: string | null): void;
}

const longestUserAgent = 300;

/** Sessions over a store of their tokens: rotation, absolute lifetime, lists, and the end of what was replayed. */
export class StoredSessions implements Sessions, AsyncDisposable {
  readonly #options: StoredSessionsOptions;
  readonly #rows = new Map<string, Row>();
  readonly #seen: WrittenLater<Row>;
  readonly #listening: Disposable;

  private constructor(options: StoredSessionsOptions) {
    this.#options = options;
    this.#seen = new WrittenLater((rows) => this.#writeSeen(rows), options.log);
    // Rows of a device or user that is gone went with it.
    this.#listening = options.bus.on('access-ended', (ended) => {
      if (ended.changed === true || ended.of === 'session') return;
      for (const row of this.#rows.values()) if (endsAccessOf(holderOf(row), ended)) void this.#forget(row);
    });
  }

  static async open(options: StoredSessionsOptions): Promise<StoredSessions> {
    const sessions = new StoredSessions(options);
    const rows = await options.db.selectFrom('sessions').selectAll().orderBy('created_at').execute();
    for (const row of rows) sessions.#rows.set(row.id, row);
    await options.store.deleteExpired();
    await sessions.endOverdue();
    return sessions;
  }

  async begin({ userId, deviceId, address, userAgent }: NewSession): Promise<BegunSession> {
    const { db, store, lifetimes } = this.#options;
    const now = Date.now();
    const endsAt = new Date(now + lifetimes.absoluteMs);
    const row: Row = {
      id: randomUUID(),
      user_id: userId,
      device_id: deviceId,
      created_at: new Date(now).toISOString(),
      ends_at: endsAt.toISOString(),
      last_seen_at: new Date(now).toISOString(),
      address,
      user_agent: userAgent?.slice(0, longestUserAgent) ?? null,
    };
    await db.insertInto('sessions').values(row).execute();
    this.#rows.set(row.id, row);
    const { token } = await store.issue(userId, row.id);
    this.#options.devices().seen(deviceId, address);
    this.#changed();
    return { sessionId: row.id, token, endsAt };
  }

  async check(token: string, address: string | null): Promise<CheckedSession | null> {
    const { store, tokens, lifetimes } = this.#options;
    const record = await store.validate(token);
    const row = record === null ? undefined : this.#rows.get(record.sessionId);
    if (record === null || row === undefined) return null;
    const now = Date.now();
    if (now >= Date.parse(row.ends_at)) {
      await this.#end(row, 'The session was too old. Sign in again.');
      return null;
    }
    const verdict = judgeToken(record, tokens.ofSession(row.id), lifetimes, now);
    if (verdict === 'replayed') {
      await this.#endReplayed(row, address);
      return null;
    }
    const principal = this.#principalOf(row);
    if (principal === null) return null;
    if (record.usedAt === null) await this.#confirm(record, now);
    this.#touch(row, address, now);
    const renewed = verdict === 'renew' ? await this.#renew(row) : null;
    return { principal, renewed };
  }

  list({ userId, currentId }: Parameters<Sessions['list']>[0]): readonly SessionInfo[] {
    return [...this.#rows.values()]
      .filter((row) => userId === undefined || row.user_id === userId)
      .map((row) => this.#infoOf(row, currentId))
      .toSorted((one, other) => other.lastSeenAt.localeCompare(one.lastSeenAt));
  }

  async revoke(id: string): Promise<void> {
    const row = this.#rows.get(id);
    if (row === undefined) {
      throw new ImpetusError('not_found', 'There is no such session; it may have ended already.', {
        param: 'id',
      });
    }
    await this.#end(row, 'This session was ended.');
  }

  revokeOfUser(
    userId: string,
    { exceptId = null }: { readonly exceptId?: string | null } = {},
  ): Promise<void> {
    return this.#endAll((row) => row.user_id === userId && row.id !== exceptId);
  }

  revokeOfDevice(deviceId: string): Promise<void> {
    return this.#endAll((row) => row.device_id === deviceId);
  }

  countOf(deviceId: string): number {
    return [...this.#rows.values()].filter((row) => row.device_id === deviceId).length;
  }

  /** Ends the sessions whose time is over, so that what runs on them ends too. */
  async endOverdue(): Promise<void> {
    const now = Date.now();
    await this.#endAll((row) => {
      const idle = this.#options.tokens
        .ofSession(row.id)
        .every(({ expiresAt }) => now >= expiresAt.getTime());
      return idle || now >= Date.parse(row.ends_at);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]();
    await this.#seen[Symbol.asyncDispose]();
  }

  /** The first use of a token: those before it are good for a moment longer, for requests under way. */
  async #confirm(record: TokenRecord, now: number): Promise<void> {
    const { tokens, lifetimes } = this.#options;
    const goodUntil = new Date(now + lifetimes.graceMs);
    const older = tokens
      .ofSession(record.sessionId)
      .filter(({ hash, goodUntil: until }) => hash !== record.hash && until === null);
    await tokens.put({ ...record, usedAt: new Date(now) });
    for (const one of older) await tokens.put({ ...one, goodUntil });
  }

  async #renew(row: Row): Promise<BegunSession> {
    const { token } = await this.#options.store.issue(row.user_id, row.id);
    return { sessionId: row.id, token, endsAt: new Date(row.ends_at) };
  }

  /** Whoever has an old token had it together with somebody else: neither may go on. */
  async #endReplayed(row: Row, address: string | null): Promise<void> {
    this.#options.audit.record({
      action: 'session.replayed',
      subject: row.id,
      principal: this.#principalOf(row),
      address,
      outcome: 'refused',
      detail: { ended: true },
    });
    await this.#end(row, 'An old cookie of this session was used again, so it was ended. Sign in again.');
  }

  async #endAll(which: (row: Row) => boolean): Promise<void> {
    const rows = [...this.#rows.values()].filter(which);
    for (const row of rows) await this.#end(row, 'This session was ended. Sign in again.');
  }

  async #end(row: Row, message: string): Promise<void> {
    // Refused from now on, and gone from the disk before anybody is told.
    this.#rows.delete(row.id);
    await this.#options.db.deleteFrom('sessions').where('id', '=', row.id).execute();
    await this.#forget(row);
    this.#options.bus.emit('access-ended', { of: 'session', id: row.id, message });
    this.#changed();
  }

  async #forget(row: Row): Promise<void> {
    const { tokens } = this.#options;
    this.#rows.delete(row.id);
    this.#seen.forget(row.id);
    await tokens.delete(tokens.ofSession(row.id).map(({ hash }) => hash));
  }

  #deviceOf(row: Row): DeviceInfo | undefined {
    return this.#options.devices().find(row.device_id);
  }

  #principalOf(row: Row): Principal | null {
    const user = this.#options.users().find(row.user_id);
    const device = this.#deviceOf(row);
    if (user === undefined || device === undefined) return null;
    if (device.expiresAt !== null && Date.now() >= Date.parse(device.expiresAt)) return null;
    return {
      kind: 'session',
      id: device.id,
      name: device.name,
      scopes: scopesOf(device, user),
      userId: user.id,
      deviceId: device.id,
      sessionId: row.id,
      grantId: null,
    };
  }

  #infoOf(row: Row, currentId: string | null): SessionInfo {
    const { tokens, users } = this.#options;
    const idleEnds = tokens
      .ofSession(row.id)
      .map(({ expiresAt }) => expiresAt.toISOString())
      .toSorted();
    return {
      id: row.id,
      userId: row.user_id,
      userName: users().find(row.user_id)?.name ?? '',
      deviceId: row.device_id,
      deviceName: this.#deviceOf(row)?.name ?? '',
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      idleEndsAt: idleEnds.at(-1) ?? row.ends_at,
      endsAt: row.ends_at,
      address: row.address,
      userAgent: row.user_agent,
      current: row.id === currentId,
    };
  }

  #touch(row: Row, address: string | null, now: number): void {
    const touched = { ...row, last_seen_at: new Date(now).toISOString(), address: address ?? row.address };
    this.#rows.set(row.id, touched);
    this.#seen.set(row.id, touched);
    this.#options.devices().seen(row.device_id, address);
  }

  async #writeSeen(rows: ReadonlyMap<string, Row>): Promise<void> {
    await this.#options.db.transaction().execute(async (transaction) => {
      for (const [id, { last_seen_at, address }] of rows) {
        await transaction
          .updateTable('sessions')
          .set({ last_seen_at, address })
          .where('id', '=', id)
          .execute();
      }
    });
  }

  #changed(): void {
    this.#options.feed.publish({ type: 'identity', changed: 'sessions' });
  }
}

const holderOf = (row: Row) => ({
  kind: 'session' as const,
  id: row.device_id,
  userId: row.user_id,
  deviceId: row.device_id,
  sessionId: row.id,
  grantId: null,
});
