import {
  ImpetusError,
  type AgentSettings,
  type ModelEntry,
  type ModelSettings,
  type RunnerStatus,
} from '@impetus/contracts';
import type { StateFeed } from '../../events/types.ts';
import type { Log } from '../../log/types.ts';
import type { ModelCatalogue } from '../../models/types.ts';
import { contextIsFree } from '../launches/runner-settings.ts';
import { ModelHost } from './model-host.ts';
import { StatusPublisher } from './status-publisher.ts';

export interface HostRegistryOptions {
  readonly catalogue: Pick<ModelCatalogue, 'find' | 'require'>;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly modelSettings: { get(modelId: string): ModelSettings };
  /** The operator's choice for all models. */
  readonly config: { readonly contextSize: number | null };
  readonly settings: () => AgentSettings;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
  /** A host may have changed. */
  readonly onChange: () => void;
  /** A model has been loaded. */
  readonly onLoaded: () => void;
}

/** The host of each model that was ever asked for, and what screens hear of it. */
export class HostRegistry implements Disposable {
  readonly #options: HostRegistryOptions;
  readonly #hosts = new Map<string, { readonly host: ModelHost; readonly publisher: StatusPublisher }>();
  #closed = false;

  constructor(options: HostRegistryOptions) {
    this.#options = options;
  }

  get all(): readonly ModelHost[] {
    return [...this.#hosts.values()].map(({ host }) => host);
  }

  /** By id; undefined for a model that nobody has asked for yet. */
  known(modelId: string): ModelHost | undefined {
    return this.#hosts.get(modelId)?.host;
  }

  /** By id or alias. Throws for a model that is not there or cannot be used, and once the agent stops. */
  of(name: string): ModelHost {
    const { id } = this.usable(name);
    return this.known(id) ?? this.#create(id);
  }

  /** The entry of a model that could be loaded. Throws as `of` does. */
  usable(name: string): ModelEntry {
    if (this.#closed) throw shuttingDown();
    const entry = this.#options.catalogue.require(name);
    if (entry.problem === null) return entry;
    throw new ImpetusError('model_unusable', `${entry.name} cannot be loaded. ${entry.problem}`, {
      param: 'model',
    });
  }

  /** Every runner that is not stopped, and those that failed. */
  statuses(): readonly RunnerStatus[] {
    return this.all.map((host) => host.status()).filter(({ state }) => state !== 'stopped');
  }

  /** Something that screens show of every model may have changed. */
  touch(): void {
    for (const { publisher } of this.#hosts.values()) publisher.touch();
  }

  /** Takes nothing any more and ends what runs and waits, each with an error. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.all.map((host) => host.unload(shuttingDown(), true)));
  }

  [Symbol.dispose](): void {
    for (const { publisher } of this.#hosts.values()) publisher[Symbol.dispose]();
  }

  #create(id: string): ModelHost {
    const { catalogue, config, feed, log, modelSettings, settings, now, onChange, onLoaded } = this.#options;
    let last = catalogue.require(id);
    const publisher = new StatusPublisher(feed, () => host.status());
    const host: ModelHost = new ModelHost({
      // A model that is gone from the library keeps its name while it is loaded.
      entry: () => (last = catalogue.find(id) ?? last),
      queueLength: () => settings().queueLength,
      idleUnload: () => modelSettings.get(id).idleUnload ?? settings().idleUnload,
      pinned: () => modelSettings.get(id).pinned,
      // Where somebody chose the context, no client changes it.
      largestContext: () =>
        contextIsFree({ settings: modelSettings.get(id), ...config }) ? (last.contextLength ?? 0) : 0,
      now,
      onChange: () => {
        publisher.touch();
        onChange();
      },
      onLoaded: (runner) => {
        log.info({ model: id, pid: runner.pid, ...runner.model }, 'model loaded');
        onLoaded();
      },
      onFailure: (error) => log.error({ model: id, code: error.code, err: error.message }, 'model failed'),
    });
    this.#hosts.set(id, { host, publisher });
    return host;
  }
}

function shuttingDown(): ImpetusError {
  return new ImpetusError('shutting_down', 'The agent is shutting down. Try again when it is back.', {
    retryAfterSeconds: 5,
  });
}
