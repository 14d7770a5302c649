import type {
  AgentSettings,
  MemoryBudget,
  ModelEntry,
  ModelSettings,
  RunnerSettings,
} from '@impetus/contracts';
import type { KvShape, ModelCatalogue } from '../../models/types.ts';
import type { Machine } from '../../platform/machine.ts';
import type { Estimates } from './estimates.ts';
import { contextStep, fittingContextSize } from '../memory/fit.ts';
import type { Launch } from './launch.ts';
import { modelFiles } from './model-files.ts';
import { promptCacheOptions } from './prompt-cache.ts';
import { chooseRunnerSettings, contextIsFree } from './runner-settings.ts';

export interface LaunchesOptions {
  readonly catalogue: Pick<ModelCatalogue, 'find' | 'found' | 'kvShape'>;
  readonly config: { readonly contextSize: number | null; readonly sequences: number | null };
  readonly machine: Machine;
  readonly settings: () => AgentSettings;
  readonly promptCacheFolder: string;
  readonly estimates: Estimates;
  readonly budget: () => Promise<MemoryBudget>;
  /** What pinned models take. */
  readonly pinnedBytes: () => number;
}

/** Works out how models are held, and what they take. */
export class Launches {
  readonly #options: LaunchesOptions;

  constructor(options: LaunchesOptions) {
    this.#options = options;
  }

  /** `known`: for a file that is not in the library; `contextWish`: what clients asked for. Throws why the model cannot be loaded with these settings. Whether it fits is not asked here. */
  async prepare(
    entry: ModelEntry,
    chosen: ModelSettings,
    { known, contextWish = 0 }: { readonly known?: KvShape; readonly contextWish?: number } = {},
  ): Promise<Launch> {
    const { catalogue, config, machine, settings, promptCacheFolder, estimates, pinnedBytes } = this.#options;
    const files = await modelFiles(entry);
    const { limitBytes } = await this.#options.budget();
    const shape = known ?? catalogue.kvShape(entry.id);
    const held = chooseRunnerSettings({
      entry,
      shape,
      machine,
      settings: chosen,
      contextWish: Math.max(contextWish, known === undefined ? this.#wishOfSource(entry.id) : 0),
      ...config,
      limitBytes,
      pathOf: (id) => this.#pathOf(id),
    });
    const estimateOf = (runnerSettings: RunnerSettings) =>
      estimates.of({ entry, files, shape, settings: runnerSettings });
    const estimate = await estimateOf(held);
    const promptCache = promptCacheOptions(promptCacheFolder, files, settings());
    const roomBytes = limitBytes - pinnedBytes();
    if (estimate.totalBytes <= roomBytes) return { settings: held, estimate, smallest: null, promptCache };
    const smallest = await estimateOf({ ...held, contextSize: contextStep });
    const fitting = fittingContextSize({ contextSize: held.contextSize, estimate, smallest }, roomBytes);
    const free = contextIsFree({ settings: chosen, contextSize: config.contextSize });
    if (!free || fitting === null) return { settings: held, estimate, smallest, promptCache };
    const smaller = { ...held, contextSize: fitting };
    return { settings: smaller, estimate: await estimateOf(smaller), smallest, promptCache };
  }

  /** What another program was told to hold of the model counts as a client's wish: nobody chose it here. */
  #wishOfSource(modelId: string): number {
    return this.#options.catalogue.found(modelId).facts?.contextSize ?? 0;
  }

  /** Null for a model that is not there or cannot be used. */
  #pathOf(modelId: string): string | null {
    const entry = this.#options.catalogue.find(modelId);
    return entry === undefined || entry.problem !== null ? null : entry.path;
  }
}
