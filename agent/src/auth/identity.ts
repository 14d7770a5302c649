import type { Db } from '../db/connection.ts';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import { StoredAudit, type AuditLimits } from './audit/stored-audit.ts';
import { Presence } from './devices/presence.ts';
import { StoredDevices } from './devices/stored-devices.ts';
import { StoredApiKeys } from './keys/stored-keys.ts';
import { defaultLifetimes, type Lifetimes } from './sessions/judge.ts';
import { luciaSessionStore } from './sessions/lucia-store.ts';
import { StoredSessions } from './sessions/stored-sessions.ts';
import { StoredTokens } from './sessions/token-table.ts';
import type { SessionStore, SessionStoreOptions } from './sessions/types.ts';
import { createSetup } from './setup/setup.ts';
import { Throttle } from './throttle/throttle.ts';
import type { Setup } from './types.ts';
import { StoredUsers } from './users/stored-users.ts';

/** Which implementation keeps session tokens: `plainSessionStore` is the other. docs/security.md tells how to change. */
const openSessionStore: (options: SessionStoreOptions) => SessionStore = luciaSessionStore;

/** What is over by time alone is looked for this often; a request is checked at its own moment anyway. */
const overdueEveryMs = 5_000;

export interface IdentityOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly auditLimits: () => AuditLimits;
  readonly lifetimes?: Lifetimes | undefined;
}

/** Everything that says who is let in. */
export interface Identity extends AsyncDisposable {
  readonly users: StoredUsers;
  readonly devices: StoredDevices;
  readonly sessions: StoredSessions;
  readonly keys: StoredApiKeys;
  readonly audit: StoredAudit;
  readonly setup: Setup;
  readonly throttle: Throttle;
  readonly presence: Presence;
}

export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { db, bus, feed, log, auditLimits, lifetimes = defaultLifetimes } = options;
  await using stack = new AsyncDisposableStack();
  const throttle = new Throttle();
  const presence = new Presence(() => feed.publish({ type: 'identity', changed: 'devices' }));
  const audit = stack.use(new StoredAudit({ db, log, limits: auditLimits }));
  const keys = stack.use(await StoredApiKeys.open({ db, bus, feed, log }));
  const users = await StoredUsers.open({
    db,
    bus,
    feed,
    throttle,
    endSessions: (userId, exceptId) => sessions.revokeOfUser(userId, { exceptId }),
  });
  const devices = stack.use(
    await StoredDevices.open({
      db,
      bus,
      feed,
      log,
      users: () => users,
      sessionsOf: (id) => sessions.countOf(id),
      isOnline: (id) => presence.isOnline(id),
    }),
  );
  const tokens = await StoredTokens.open(db);
  const store = openSessionStore({
    tokens,
    idleMs: lifetimes.idleMs,
    userExists: (id) => users.find(id) !== undefined,
  });
  const sessions: StoredSessions = stack.use(
    await StoredSessions.open({
      db,
      bus,
      feed,
      log,
      audit,
      tokens,
      store,
      lifetimes,
      users: () => users,
      devices: () => devices,
    }),
  );

  async function endOverdue(): Promise<void> {
    for (const id of devices.overdue()) {
      const name = devices.find(id)?.name ?? id;
      await devices.revoke(id);
      audit.record({ action: 'devices.expire', subject: id, detail: { name } });
    }
    keys.endOverdue();
    await sessions.endOverdue();
  }
  const timer = setInterval(() => {
    endOverdue().catch((error: unknown) => log.error({ err: error }, 'What is over could not be ended.'));
  }, overdueEveryMs).unref();
  stack.defer(() => clearInterval(timer));

  const disposal = stack.move();
  return {
    users,
    devices,
    sessions,
    keys,
    audit,
    throttle,
    presence,
    setup: createSetup({ users, throttle }),
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}
