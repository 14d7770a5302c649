import type { Download, DownloadProgress } from './downloads.ts';
import type { MemoryBudget } from './memory.ts';
import type { ModelBenchmark } from './library.ts';
import type { ModelEntry, RunnerStatus } from './models.ts';
import type { TrustStatus } from './trust.ts';
import type { Upload } from './uploads.ts';

/** The agent as screens name it. */
export interface AgentInfo {
  /** The Mac's name. */
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  readonly cpu: string;
  readonly node: string;
  readonly engine: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly http: string;
  readonly home: string;
  readonly modelsFolder: string;
}

/** In bytes. `available`: what a new process could take without swapping, as far as the system tells. */
export interface MemorySample {
  readonly totalBytes: number;
  readonly availableBytes: number;
  readonly agentResidentBytes: number;
  readonly runnersResidentBytes: number;
  readonly sampledAt: string;
  /** What models may take together. */
  readonly budget: MemoryBudget;
}

export interface Snapshot {
  readonly agent: AgentInfo;
  readonly models: readonly ModelEntry[];
  readonly runners: readonly RunnerStatus[];
  readonly memory: MemorySample;
  readonly defaultModel: string | null;
  /** In the order in which they run; those that ended come last, newest first. */
  readonly downloads: readonly Download[];
  readonly trust: TrustStatus;
  /** Those that are not over yet, and those that ended while this agent ran. */
  readonly uploads: readonly Upload[];
}

/**
 * What a screen hears over `state.watch`. It starts with a snapshot, unless the screen names the last event
 * that it has seen and the agent still has all that came after.
 */
export type StateEvent =
  | ({ readonly type: 'snapshot' } & Snapshot)
  /** Entries that are new or changed, and ids of those that are gone. */
  | {
      readonly type: 'models';
      readonly changed: readonly ModelEntry[];
      readonly removed: readonly string[];
    }
  | { readonly type: 'upload'; readonly upload: Upload }
  | { readonly type: 'upload-gone'; readonly id: string }
  /** How a measurement goes on. */
  | { readonly type: 'benchmark'; readonly benchmark: ModelBenchmark }
  | { readonly type: 'runner'; readonly runner: RunnerStatus }
  | { readonly type: 'runner-gone'; readonly modelId: string }
  | { readonly type: 'memory'; readonly memory: MemorySample }
  /** The whole list: one came, went, moved or changed its state. */
  | { readonly type: 'downloads'; readonly downloads: readonly Download[] }
  /** At most four a second, however many run. */
  | { readonly type: 'download-progress'; readonly progress: readonly DownloadProgress[] }
  | { readonly type: 'default-model'; readonly modelId: string | null }
  | { readonly type: 'trust'; readonly trust: TrustStatus }
  /** A list that screens ask for has changed: those that show it ask again. */
  | { readonly type: 'identity'; readonly changed: 'users' | 'devices' | 'sessions' | 'keys' };
