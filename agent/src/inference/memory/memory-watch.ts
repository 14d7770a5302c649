import type { MemoryBudget, RunnerHardware } from '@impetus/contracts';
import { systemMemory, type SystemMemory } from '../../platform/system-memory.ts';
import { countedBytes, heldBytes, memoryLimit, type Usage } from './budget.ts';
import type { ModelHost } from '../residents/model-host.ts';

export interface MemoryWatchOptions {
  readonly hosts: () => readonly ModelHost[];
  /** The owner's choice in bytes; null: none. */
  readonly setting: () => number | null;
  /** As the computer tells when nobody has sampled it yet. */
  readonly first: SystemMemory;
  readonly sample?: () => Promise<SystemMemory>;
}

/** What models may take together and what they take, as of the last sample of the computer's memory. */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  #memory: SystemMemory;
  #hardware: RunnerHardware | null = null;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
    this.#memory = options.first;
  }

  /** What a runner found to compute on. */
  learn(hardware: RunnerHardware): void {
    this.#hardware = hardware;
  }

  async sample(): Promise<MemoryBudget> {
    const { sample = systemMemory } = this.#options;
    this.#memory = await sample();
    return this.last();
  }

  last(): MemoryBudget {
    const hosts = this.#options.hosts();
    const limit = memoryLimit({
      settingBytes: this.#options.setting(),
      gpuBytes: this.#hardware?.gpuMemoryBytes ?? null,
      memory: this.#memory,
      heldBytes: hosts.reduce((total, host) => total + heldBytes(usageOf(host)), 0),
    });
    return { ...limit, usedBytes: hosts.reduce((total, host) => total + this.countedBytes(host), 0) };
  }

  countedBytes(host: ModelHost): number {
    return countedBytes(usageOf(host), (this.#hardware?.gpuMemoryBytes ?? null) !== null);
  }
}

function usageOf({ launch, residentBytes }: ModelHost): Usage {
  return {
    estimatedBytes: launch?.estimate.totalBytes ?? 0,
    weightsBytes: launch?.estimate.weightsBytes ?? 0,
    residentBytes,
  };
}
