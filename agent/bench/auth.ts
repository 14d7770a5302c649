import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scopes } from '@impetus/contracts';
import { createAccess } from '../src/auth/access.ts';
import { openIdentity } from '../src/auth/identity.ts';
import { hashPassword, verifyPassword } from '../src/auth/passwords/hash.ts';
import { cookieName } from '../src/auth/sessions/cookies.ts';
import type { Caller } from '../src/auth/types.ts';
import { bindVia, type Via } from '../src/auth/via.ts';
import { openWaysIn } from '../src/auth/ways-in.ts';
import { openDatabase } from '../src/db/connection.ts';
import { migrate } from '../src/db/migrate.ts';
import { EventBus } from '../src/events/bus.ts';
import { percentile, printTable, type Row } from './statistics.ts';

const host = 'localhost:8080';
const via: Via = { listener: 'loopback', secure: false, hosts: new Set([host]) };
const warmUp = 2_000;
const rounds = 20_000;
const passwords = 30;
/** As many as a household could have, and many more. */
const devices = 50;
const keys = 200;

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function callerWith(headers: Record<string, string>): () => Caller {
  return () => {
    const caller = { method: 'POST', headers: { host, ...headers }, socket: { remoteAddress: '127.0.0.1' } };
    bindVia(caller, via);
    return caller;
  };
}

async function times(count: number, act: () => Promise<unknown>): Promise<number[]> {
  const measured: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const startedAt = performance.now();
    await act();
    measured.push(performance.now() - startedAt);
  }
  return measured;
}

const milliseconds = (value: number) => `${value < 1 ? value.toFixed(4) : value.toFixed(1)} ms`;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'impetus-bench-'));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(folder, { recursive: true }));
  const connection = stack.use(openDatabase(join(folder, 'bench.db')));
  await migrate(connection, { backups: join(folder, 'backups') });
  const identity = stack.use(
    await openIdentity({
      db: connection.db,
      bus: new EventBus(),
      feed: { publish() {}, async *subscribe() {} },
      log: quiet,
      auditLimits: () => ({ maxAgeDays: 180, maxEntries: 100_000 }),
    }),
  );
  const user = await identity.users.createOwner({ name: 'Owner', password: 'tulips on the sill' });
  const made = { kind: 'phone', scopes, userId: user.id, createdBy: 'bench', address: null } as const;
  const from = { userId: user.id, address: null, userAgent: null };
  let token = '';
  for (let n = 0; n < devices; n += 1) {
    const device = await identity.devices.create({ name: `Device ${n}`, ...made });
    ({ token } = await identity.sessions.begin({ deviceId: device.id, ...from }));
  }
  let key = '';
  for (let n = 0; n < keys; n += 1) {
    ({ key } = await identity.keys.create({ name: `Key ${n}`, scopes: ['infer'] }));
  }
  const { oauth } = stack.use(
    await openWaysIn({
      db: connection.db,
      bus: new EventBus(),
      log: quiet,
      identity,
      keysPath: join(folder, 'secrets', 'access-token-keys.json'),
      trust: { origins: () => [], authority: () => null, openBootstrap: () => Promise.reject(new Error()) },
      loopbackOrigin: () => `http://${host}`,
    }),
  );
  const client = { address: '127.0.0.1', userAgent: 'bench', issuer: `http://${host}` };
  const named = { clientId: 'bench', deviceName: 'Bench', scopes: ['infer' as const] };
  const { user_code: userCode, device_code: deviceCode } = oauth.authorize(named, client);
  const approver = { kind: 'cli', id: 'cli', name: 'Bench', scopes, userId: user.id } as const;
  const nothing = { deviceId: null, sessionId: null, grantId: null };
  oauth.approve({ userCode, scopes: ['infer'] }, { ...approver, ...nothing });
  const granted = await oauth.token({ type: 'device', clientId: 'bench', deviceCode }, client);
  const access = createAccess({
    ...identity,
    cliCredential: 'cli_none',
    ollamaWithoutKey: () => false,
    verifiers: [oauth.verifier],
  });

  const withCookie = callerWith({ origin: `http://${host}`, cookie: `${cookieName(via)}=${token}` });
  const withKey = callerWith({ authorization: `Bearer ${key}` });
  const withToken = callerWith({ authorization: `Bearer ${granted.access_token}` });
  const unknownKey = callerWith({ authorization: `Bearer imp_abcdefghjk_${'0'.repeat(64)}` });
  const checks: Record<string, () => Promise<unknown>> = {
    'session check': () => access.forManagement(withCookie()),
    'key check': () => access.withCredential(withKey()),
    'access token check': () => access.withCredential(withToken()),
    'refusal of an unknown key': () => access.withCredential(unknownKey()).catch(() => null),
  };

  const rows: Row[] = [];
  for (const [name, check] of Object.entries(checks)) {
    await times(warmUp, check);
    const measured = await times(rounds, check);
    const row = (what: string, part: number, budget = '') =>
      rows.push({ what: `${name}, ${what}`, measured: milliseconds(percentile(measured, part)), budget });
    row('median', 0.5, name.endsWith('check') ? 'under 0.3 ms' : '');
    row('99th percentile', 0.99);
  }
  const hash = await hashPassword('tulips on the sill');
  const passwordTimes = await times(passwords, () => verifyPassword(hash, 'roses in the garden'));
  rows.push({
    what: 'argon2id (19 MiB, 2 passes), median',
    measured: milliseconds(percentile(passwordTimes, 0.5)),
    budget: '',
  });
  const nobodyTimes = await times(passwords, () => verifyPassword(null, 'roses in the garden'));
  rows.push({
    what: '… for a name that nobody has, median',
    measured: milliseconds(percentile(nobodyTimes, 0.5)),
    budget: '',
  });
  printTable('Who is let in', rows);
}

await main();
