import { randomBytes } from 'node:crypto';
import { ImpetusError, type AgentInfo, type CreatedKey } from '@impetus/contracts';
import type { ApiKeys } from './auth/types.ts';
import { homeFiles, type Config } from './config/index.ts';
import { createContext, type Context, type Overrides } from './context.ts';
import { openHttp } from './http/server.ts';
import { clearAnnouncement, readAnnouncement, writeAnnouncement } from './instance/announcement.ts';
import { lockInstance } from './instance/lock.ts';
import { openAgentLog } from './log/agent-log.ts';
import type { Log } from './log/types.ts';
import { settledWithin } from './platform/deadline.ts';
import { explainStartError } from './platform/disk-errors.ts';
import { ensurePrivateFolder } from './platform/private-folder.ts';

/** How long a stop may take in all, and the end of what runs within it; the rest ends with the process. */
const stopMs = 10_000;
const endWorkMs = 5_000;

export interface Agent extends AsyncDisposable {
  /** Where it listens. */
  readonly http: string;
  /** The https address for other devices, by name; null where they are kept out. Whether it can be reached, `trust` tells. */
  readonly https: string | null;
  readonly info: AgentInfo;
  readonly context: Context;
  readonly log: Log;
  /** The key that the first start makes, to be shown once; null at every other start. */
  readonly firstKey: CreatedKey | null;
  /** With which the owner's account is made; null once there is one. */
  readonly setup: SetupInvitation | null;
}

/** What the terminal shows whoever sets the agent up. */
export interface SetupInvitation {
  readonly code: string;
  /** The code stands behind the #, which browsers send nowhere. */
  readonly url: string;
}

export interface StartOptions {
  readonly overrides?: Overrides;
  /** Takes warnings and errors as plain lines. */
  readonly terminal?: (line: string) => void;
}

/** Starts an agent on its data folder. Throws an ImpetusError with one sentence for the owner where it cannot. */
export async function startAgent(config: Config, options: StartOptions = {}): Promise<Agent> {
  try {
    return await start(config, options);
  } catch (error) {
    throw explainStartError(error, config);
  }
}

async function start(config: Config, { overrides, terminal = () => {} }: StartOptions): Promise<Agent> {
  await using stack = new AsyncDisposableStack();
  const files = homeFiles(config.home);

  ensurePrivateFolder(config.home);
  stack.use(lockInstance(files.lock) ?? refuseSecond(config.home));
  clearAnnouncement(files.announcement);
  const log = stack.use(openAgentLog({ folder: files.logs, level: config.logLevel, terminal }));
  const cliCredential = `cli_${randomBytes(32).toString('hex')}`;
  const context = stack.use(await createContext({ config, log, cliCredential, overrides }));

  const { services, system, bus, lan } = context;
  const http = stack.use(
    await openHttp({
      services,
      bus,
      log,
      port: config.httpPort,
      appFolder: config.appFolder,
      lan: config.lan === null || lan === null ? null : { port: config.lan.port, trust: lan },
    }),
  );
  system.listensAt(http.url);
  stack.defer(async () => {
    http.stopAccepting();
    if (await settledWithin(endWorkMs, context.endWork())) return;
    log.warn({}, 'A runner did not end in time; the agent stops without it.');
  });

  const firstKey = await createFirstKey(services.keys);
  const setupCode = services.setup.code();
  const { pid, startedAt } = system.info;
  stack.use(
    writeAnnouncement(files.announcement, { pid, startedAt, http: http.url, credential: cliCredential }),
  );
  log.info({ http: http.url, pid }, 'The agent listens.');
  bus.emit('agent-ready', null);

  const disposal = stack.move();
  let stopping: Promise<void> | undefined;
  return {
    http: http.url,
    https: http.lanPort === null ? null : lanOrigin(services.trust.status().name, http.lanPort),
    info: system.info,
    context,
    log,
    firstKey,
    setup: setupCode === null ? null : { code: setupCode, url: setupUrl(http.url, setupCode) },
    [Symbol.asyncDispose]: () => (stopping ??= stop(disposal, log)),
  };
}

const setupUrl = (http: string, code: string) => `${http.replace('127.0.0.1', 'localhost')}/setup#${code}`;

async function stop(disposal: AsyncDisposableStack, log: Log): Promise<void> {
  log.info({}, 'The agent stops.');
  await settledWithin(stopMs, disposal.disposeAsync());
}

function refuseSecond(home: string): never {
  const running = readAnnouncement(homeFiles(home).announcement);
  const which = running === null ? '' : ` It is process ${running.pid} and listens at ${running.http}.`;
  throw new ImpetusError(
    'conflict',
    `An agent already runs on the data folder ${home}.${which} Stop it first, or choose another folder with IMPETUS_HOME or --home.`,
  );
}

/** A data folder that never had a key gets one, so that there is something to paste. */
async function createFirstKey(keys: ApiKeys): Promise<CreatedKey | null> {
  if (keys.list().length > 0) return null;
  return keys.create({ name: 'First key', scopes: ['infer', 'load'] });
}

const lanOrigin = (name: string, port: number) => `https://${name}${port === 443 ? '' : `:${port}`}`;
