import type { AgentSettings } from '@impetus/contracts';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import type { ModelCatalogue, ModelSettingsStore } from '../models/types.ts';
import type { Machine } from '../platform/machine.ts';
import { systemMemoryNow } from '../platform/system-memory.ts';
import { Estimates } from './launches/estimates.ts';
import { Launches } from './launches/launches.ts';
import { prunePromptCache } from './launches/prompt-cache.ts';
import { gpuOf } from './launches/runner-settings.ts';
import { MemoryWatch } from './memory/memory-watch.ts';
import { HostRegistry } from './residents/host-registry.ts';
import { Residents } from './residents/residents.ts';
import { learning, spawnRunner, type SpawnRunner } from './runners/runner-process.ts';
import { SpareRunner } from './runners/spare-runner.ts';

export interface InferenceOptions {
  readonly catalogue: ModelCatalogue;
  readonly feed: StateFeed;
  readonly bus: EventBus;
  readonly log: Log;
  readonly modelSettings: Pick<ModelSettingsStore, 'get'>;
  /** What the owner chose for the agent as a whole, as it is now. */
  readonly settings: () => AgentSettings;
  /** The operator's choices for all models; null: chosen for the machine, or left to the owner. */
  readonly config: {
    readonly contextSize: number | null;
    readonly sequences: number | null;
    readonly warm: boolean | null;
  };
  readonly machine: Machine;
  /** Where runners keep the states of idle sequences. */
  readonly promptCacheFolder: string;
  readonly spawn?: SpawnRunner;
}

export interface InferenceParts {
  readonly hosts: HostRegistry;
  readonly launches: Launches;
  readonly memory: MemoryWatch;
  readonly residents: Residents;
  readonly spare: SpareRunner;
  /** Removes states of idle sequences that the owner's bounds leave no room for. */
  readonly prunePromptCache: () => void;
}

/** Puts the parts of the inference together. They ask one another at each decision, so each sees the present. */
export function assemble(options: InferenceOptions): InferenceParts {
  const { config, machine, settings, modelSettings, promptCacheFolder } = options;
  const now = () => performance.now();
  const spawn = learning(options.spawn ?? spawnRunner, (hardware) => memory.learn(hardware));
  const spare = new SpareRunner({
    spawn,
    gpu: gpuOf(machine),
    threads: machine.threads,
    log: options.log,
    enabled: () => config.warm ?? settings().warmRunner,
  });
  const hosts: HostRegistry = new HostRegistry({
    ...options,
    now,
    onChange: () => residents.touch(),
    onLoaded: () => prune(),
  });
  const memory = new MemoryWatch({
    hosts: () => hosts.all,
    setting: () => settings().memoryLimitBytes,
    first: systemMemoryNow(),
  });
  const launches = new Launches({
    ...options,
    estimates: new Estimates({ spare, log: options.log }),
    budget: () => memory.sample(),
    pinnedBytes: () => residents.pinnedBytes,
  });
  const residents: Residents = new Residents({
    hosts: () => hosts.all,
    prepare: ({ entry, contextWish }) =>
      launches.prepare(entry, modelSettings.get(entry.id), { contextWish }),
    budget: () => memory.sample(),
    countedBytes: (host) => memory.countedBytes(host),
    spawnFor: (launch) => spare.take(launch.settings.gpu) ?? spawn,
    now,
  });

  function prune(): void {
    const inUse = hosts.all.flatMap(({ launch }) => launch?.promptCache?.modelIdentity ?? []);
    void prunePromptCache(promptCacheFolder, new Set(inUse), settings());
  }

  return { hosts, launches, memory, residents, spare, prunePromptCache: prune };
}
