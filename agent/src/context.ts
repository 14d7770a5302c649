import { ImpetusError } from '@impetus/contracts';
import { createAccess } from './auth/access.ts';
import { openIdentity, type Identity } from './auth/identity.ts';
import type { Lifetimes } from './auth/sessions/judge.ts';
import { openWaysIn } from './auth/ways-in.ts';
import { ChatHub } from './chat/chat-hub.ts';
import { homeFiles, type Config } from './config/index.ts';
import { openDatabase, type Db } from './db/connection.ts';
import { migrate } from './db/migrate.ts';
import { StoredDownloads } from './downloads/stored-downloads.ts';
import { EventBus } from './events/bus.ts';
import { RingStateFeed } from './events/state-feed.ts';
import type { StateFeed } from './events/types.ts';
import { openHub } from './hub/index.ts';
import { createInference, type InferenceOptions } from './inference/index.ts';
import { putOnAccount, StoredRequestLog } from './inference/requests/index.ts';
import type { Inference } from './inference/types.ts';
import type { Log } from './log/types.ts';
import { openLibrary, StoredModelSettings, StoredOrigins } from './models/index.ts';
import type { ModelCatalogue, ModelSettingsStore } from './models/types.ts';
import { thisMachine } from './platform/machine.ts';
import { StoredResponses } from './responses/stored-responses.ts';
import type { Services } from './services.ts';
import { StoredSettings } from './settings/stored-settings.ts';
import type { Settings } from './settings/types.ts';
import { agentFacts } from './system/agent-info.ts';
import { AgentSystem } from './system/agent-system.ts';
import { MemorySampler } from './system/memory-sampler.ts';
import { openStorage } from './system/open-storage.ts';
import { LanTrust } from './trust/lan-trust.ts';
import { trustOff } from './trust/off.ts';

interface Reporting {
  readonly feed: StateFeed;
  readonly log: Log;
}

interface CatalogueParts extends Reporting {
  readonly db: Db;
  readonly bus: EventBus;
  readonly modelSettings: ModelSettingsStore;
  readonly origins: StoredOrigins;
  readonly settings: Settings;
  readonly busy: () => boolean;
}

type OpenCatalogue = (parts: CatalogueParts) => Promise<ModelCatalogue>;
type InferenceParts = Pick<
  InferenceOptions,
  'catalogue' | 'feed' | 'bus' | 'log' | 'modelSettings' | 'settings'
>;
type OpenInference = (parts: InferenceParts) => Inference;

/** Where tests put something else in the place of a service. */
export interface Overrides {
  readonly lifetimes?: Lifetimes;
  readonly openCatalogue?: OpenCatalogue;
  readonly openInference?: OpenInference;
}

export interface ContextOptions {
  readonly config: Config;
  readonly log: Log;
  /** What the command line shows to be let in. */
  readonly cliCredential: string;
  readonly overrides?: Overrides | undefined;
}

export interface Context extends AsyncDisposable {
  readonly services: Services;
  readonly system: AgentSystem;
  /** What the https listener is opened with; null where other devices are kept out. */
  readonly lan: LanTrust | null;
  readonly identity: Identity;
  readonly bus: EventBus;
  /** Ends what runs, each with an error to whoever waits; new work is refused. Disposing does it too. */
  endWork(): Promise<void>;
}

/** Builds every service, each from those before it; disposing goes the other way. */
export async function createContext(options: ContextOptions): Promise<Context> {
  const { config, log, cliCredential, overrides = {} } = options;
  await using stack = new AsyncDisposableStack();
  const files = homeFiles(config.home);
  const bus = new EventBus();

  const connection = stack.use(openDatabase(files.database));
  await migrate(connection, { backups: files.backups });

  const feed = new RingStateFeed({ bus, snapshot: () => system.snapshot() });
  // Begun early: a first certificate is made while the rest is prepared.
  const opening = openLan(config, feed, log);
  const settings = await StoredSettings.open({ db: connection.db, bus, feed, log });
  const identity = stack.use(
    await openIdentity({
      db: connection.db,
      bus,
      feed,
      log,
      lifetimes: overrides.lifetimes,
      auditLimits: () => {
        const { auditMaxAgeDays, auditMaxEntries } = settings.agent();
        return { maxAgeDays: auditMaxAgeDays, maxEntries: auditMaxEntries };
      },
    }),
  );
  const { audit, devices, keys, presence, sessions, setup, users } = identity;
  const modelSettings = await StoredModelSettings.open({
    db: connection.db,
    bus,
    log,
    exists: (id) => catalogue.find(id)?.id === id,
  });

  const origins = await StoredOrigins.open(connection.db);
  const openCatalogue = overrides.openCatalogue ?? catalogueOf(config);
  const catalogue = stack.use(
    await openCatalogue({
      db: connection.db,
      modelSettings,
      origins,
      settings,
      busy: () => inference.runners().some(({ active }) => active > 0),
      bus,
      feed,
      log,
    }),
  );

  const requests = stack.use(
    await StoredRequestLog.open({ db: connection.db, bus, log, settings: () => settings.agent() }),
  );
  const work = stack.use(new AsyncDisposableStack());
  const openInference = overrides.openInference ?? inferenceOf(config);
  const { inference, metrics } = putOnAccount(
    openInference({ catalogue, feed, bus, log, modelSettings, settings: () => settings.agent() }),
    {
      catalogue,
      requests,
      ownLimits: (id) => keys.limitsOf(id),
      settings: () => settings.agent(),
    },
  );
  work.use(inference);
  const responses = work.use(await StoredResponses.open({ db: connection.db, bus, log }));
  const chats = work.use(new ChatHub({ bus, inference, log }));

  const facts = agentFacts(config);
  const storage = work.use(
    await openStorage({
      config,
      db: connection.db,
      feed,
      log,
      catalogue,
      inference,
      modelSettings,
      settings: () => settings.agent(),
      engine: facts.engine,
      audit,
    }),
  );
  const { benchmarks, disk, library, uploads } = storage;

  const { hub, client: hubClient } = await openHub({
    config,
    inference,
    catalogue,
    log,
    underWay: (repo, key) => downloads.underWay(repo, key),
  });
  const downloads: StoredDownloads = work.use(
    await StoredDownloads.open({
      db: connection.db,
      bus,
      feed,
      log,
      modelsFolder: config.modelsFolder,
      hub,
      hubClient,
      proxy: config.proxy,
      catalogue,
      origins,
      reserve: disk,
      power: { onMains: () => null },
    }),
  );

  const memory = stack.use(
    await MemorySampler.open({
      bus,
      feed,
      runners: () => inference.runners(),
      budget: () => inference.budget(),
    }),
  );
  const opened = await opening;
  const lan = stack.use(opened instanceof LanTrust ? opened : null);
  const trust = opened instanceof LanTrust ? opened : trustOff(opened);
  const system = new AgentSystem({
    facts,
    catalogue,
    downloads,
    inference,
    settings,
    memory,
    trust,
    uploads,
  });

  const waysIn = stack.use(
    await openWaysIn({
      db: connection.db,
      bus,
      log,
      identity,
      keysPath: files.accessTokenKeys,
      trust,
      loopbackOrigin: () => system.info.http.replace('127.0.0.1', 'localhost'),
    }),
  );
  const { pairing, oauth, passkeys } = waysIn;
  const access = createAccess({
    keys,
    sessions,
    setup,
    cliCredential,
    ollamaWithoutKey: () => settings.agent().ollamaWithoutKey,
    verifiers: [oauth.verifier],
  });

  const disposal = stack.move();
  return {
    services: {
      access,
      audit,
      benchmarks,
      catalogue,
      chats,
      devices,
      disk,
      downloads,
      feed,
      hub,
      inference,
      keys,
      library,
      metrics,
      modelSettings,
      oauth,
      origins,
      pairing,
      passkeys,
      presence,
      requests,
      responses,
      sessions,
      settings,
      setup,
      system,
      trust,
      uploads,
      users,
    },
    system,
    lan,
    identity,
    bus,
    endWork: () => work.disposeAsync(),
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}

const catalogueOf =
  ({ home, modelsFolder, otherApps }: Config): OpenCatalogue =>
  (parts) =>
    openLibrary({ ...parts, sampleFolder: homeFiles(home).sample, places: { modelsFolder, ...otherApps } });

const inferenceOf =
  ({ home, runner }: Config): OpenInference =>
  (parts) =>
    createInference({
      ...parts,
      config: runner,
      machine: thisMachine(runner.threads),
      promptCacheFolder: homeFiles(home).promptCache,
    });

/** What other devices trust; or why they cannot, null where they are kept out. Such an agent still serves this computer. */
async function openLan(
  { home, lan, name }: Config,
  feed: StateFeed,
  log: Log,
): Promise<LanTrust | string | null> {
  if (lan === null) return null;
  try {
    return await LanTrust.open({ path: homeFiles(home).trust, computer: name, mdns: lan.mdns, feed, log });
  } catch (error) {
    log.error({ err: error }, 'Other devices cannot connect.');
    return error instanceof ImpetusError ? error.message : 'Other devices cannot connect; the log says why.';
  }
}
