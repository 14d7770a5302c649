import { randomUUID } from 'node:crypto';
import {
  deviceKindSchema,
  ImpetusError,
  scopeSchema,
  type DeviceInfo,
  type Scope,
  type UpdateDeviceInput,
} from '@impetus/contracts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../db/connection.ts';
import { oneAtATime } from '../../db/one-at-a-time.ts';
import type { Schema } from '../../db/schema.ts';
import type { EventBus } from '../../events/bus.ts';
import type { StateFeed } from '../../events/types.ts';
import type { Log } from '../../log/types.ts';
import { WrittenLater } from '../later.ts';
import type { Devices, NewDevice, Users } from '../types.ts';

type Row = Selectable<Schema['devices']>;

const scopesSchema = z.array(scopeSchema);

export interface StoredDevicesOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly users: () => Pick<Users, 'find'>;
  /** How many sessions a device has, and whether it is connected. */
  readonly sessionsOf: (id: string) => number;
  readonly isOnline: (id: string) => boolean;
}

/** The devices in the database, held in memory because this process alone writes them. A revoked one is gone. */
export class StoredDevices implements Devices, AsyncDisposable {
  readonly #options: StoredDevicesOptions;
  readonly #rows = new Map<string, Row>();
  readonly #seen: WrittenLater<Row>;
  readonly #inTurn = oneAtATime();
  readonly #listening: Disposable;

  private constructor(options: StoredDevicesOptions) {
    this.#options = options;
    this.#seen = new WrittenLater((rows) => this.#writeSeen(rows), options.log);
    // The devices of a user who was removed went with them.
    this.#listening = options.bus.on('access-ended', ({ of, id, changed }) => {
      if (of !== 'user' || changed === true) return;
      for (const row of this.#rows.values()) if (row.user_id === id) this.#forget(row.id);
      this.#changed();
    });
  }

  static async open(options: StoredDevicesOptions): Promise<StoredDevices> {
    const devices = new StoredDevices(options);
    const rows = await options.db.selectFrom('devices').selectAll().orderBy('created_at').execute();
    for (const row of rows) devices.#rows.set(row.id, row);
    return devices;
  }

  async create(device: NewDevice): Promise<DeviceInfo> {
    if (this.#options.users().find(device.userId) === undefined) {
      throw new ImpetusError('not_found', 'The user of this device is no longer there.');
    }
    const row: Row = {
      id: randomUUID(),
      name: device.name,
      kind: device.kind,
      scopes: JSON.stringify(device.scopes),
      user_id: device.userId,
      created_at: new Date().toISOString(),
      created_by: device.createdBy,
      last_seen_at: null,
      address: device.address,
      expires_at: device.expiresAt ?? null,
    };
    await this.#options.db.insertInto('devices').values(row).execute();
    this.#rows.set(row.id, row);
    this.#changed();
    return this.#infoOf(row, null);
  }

  list({ userId, currentId = null }: Parameters<Devices['list']>[0] = {}): readonly DeviceInfo[] {
    return [...this.#rows.values()]
      .filter((row) => userId === undefined || row.user_id === userId)
      .map((row) => this.#infoOf(row, currentId))
      .toReversed();
  }

  find(id: string): DeviceInfo | undefined {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : this.#infoOf(row, null);
  }

  update({ id, name, kind, scopes }: UpdateDeviceInput): Promise<DeviceInfo> {
    return this.#inTurn(async () => {
      const before = this.#require(id);
      const change = {
        ...(name !== undefined && { name }),
        ...(kind !== undefined && { kind }),
        ...(scopes !== undefined && { scopes: JSON.stringify(scopes) }),
      };
      if (Object.keys(change).length > 0) {
        await this.#options.db.updateTable('devices').set(change).where('id', '=', id).execute();
      }
      const row = { ...this.#require(id), ...change };
      this.#rows.set(id, row);
      // What runs was let in with what the device was before.
      if (scopes !== undefined && JSON.stringify(scopes) !== before.scopes) {
        const message = `What “${row.name}” may do has changed. Connect again.`;
        this.#options.bus.emit('access-ended', { of: 'device', id, message, changed: true });
      }
      this.#changed();
      return this.#infoOf(row, null);
    });
  }

  revoke(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const { name } = this.#require(id);
      const revokedAt = new Date().toISOString();
      // Its sessions go with it, by the foreign key.
      await this.#options.db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('devices').where('id', '=', id).execute();
        await transaction
          .updateTable('api_keys')
          .set({ revoked_at: revokedAt })
          .where('device_id', '=', id)
          .where('revoked_at', 'is', null)
          .execute();
      });
      this.#forget(id);
      this.#options.bus.emit('access-ended', {
        of: 'device',
        id,
        message: `The device “${name}” was revoked.`,
      });
      this.#changed();
    });
  }

  seen(id: string, address: string | null): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const seen = { ...row, last_seen_at: new Date().toISOString(), address: address ?? row.address };
    this.#rows.set(id, seen);
    this.#seen.set(id, seen);
  }

  /** The guests whose time is over. */
  overdue(): readonly string[] {
    const now = Date.now();
    return [...this.#rows.values()]
      .filter(({ expires_at }) => expires_at !== null && now >= Date.parse(expires_at))
      .map(({ id }) => id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]();
    await this.#seen[Symbol.asyncDispose]();
  }

  #require(id: string): Row {
    const row = this.#rows.get(id);
    if (row !== undefined) return row;
    throw new ImpetusError('not_found', 'There is no such device; it may have been revoked already.', {
      param: 'id',
    });
  }

  #infoOf(row: Row, currentId: string | null): DeviceInfo {
    const { users, sessionsOf, isOnline } = this.#options;
    return {
      id: row.id,
      name: row.name,
      kind: deviceKindSchema.catch('other').parse(row.kind),
      scopes: scopesSchema.parse(JSON.parse(row.scopes)) satisfies Scope[],
      userId: row.user_id,
      userName: users().find(row.user_id)?.name ?? '',
      createdAt: row.created_at,
      createdBy: row.created_by,
      lastSeenAt: row.last_seen_at,
      address: row.address,
      expiresAt: row.expires_at,
      online: isOnline(row.id),
      sessions: sessionsOf(row.id),
      current: row.id === currentId,
    };
  }

  #forget(id: string): void {
    this.#rows.delete(id);
    this.#seen.forget(id);
  }

  async #writeSeen(rows: ReadonlyMap<string, Row>): Promise<void> {
    await this.#options.db.transaction().execute(async (transaction) => {
      for (const [id, { last_seen_at, address }] of rows) {
        await transaction
          .updateTable('devices')
          .set({ last_seen_at, address })
          .where('id', '=', id)
          .execute();
      }
    });
  }

  #changed(): void {
    this.#options.feed.publish({ type: 'identity', changed: 'devices' });
  }
}
