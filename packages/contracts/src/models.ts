import { z } from 'zod';
import type { WireError } from './errors.ts';
import { modelSettingsSchema } from './model-settings.ts';
import type { MemoryEstimate } from './memory.ts';
import type { LoadStage } from './runner.ts';

export const modelIdInput = z.object({ id: z.string().min(1) });

/** What a model can be used for. `other`: a file that is listed so that its owner knows what it is. */
export type ModelKind = 'chat' | 'completion' | 'embedding' | 'other';

/** What a model would take and how, with settings that are not stored yet. */
export const planInput = modelIdInput.extend({ settings: modelSettingsSchema.partial().optional() });

/** One entry of the library. Sizes in bytes, contextLength in tokens. */
export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  readonly kind: ModelKind;
  /** `sample`: made by the agent itself; `folder`: found in the models folder. */
  readonly source: 'sample' | 'folder';
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: string;
  readonly architecture: string | null;
  readonly parameters: number | null;
  readonly quant: string | null;
  /** What the model was trained for; what is loaded may be less. */
  readonly contextLength: number | null;
  readonly licence: string | null;
  /** Why it cannot be loaded, in words for its owner; null where it can. */
  readonly problem: string | null;
  /** Other names that requests may use. */
  readonly aliases: readonly string[];
}

/** `waiting`: wanted, but there is no room yet. */
export type RunnerState = 'stopped' | 'waiting' | 'starting' | 'ready' | 'stopping' | 'failed';

/** One runner as screens show it. */
export interface RunnerStatus {
  readonly modelId: string;
  readonly state: RunnerState;
  readonly stage: LoadStage | null;
  /** 0 to 1 while starting, else null. */
  readonly progress: number | null;
  /** Tokens per sequence, once loaded. */
  readonly contextSize: number | null;
  readonly sequences: number | null;
  readonly active: number;
  readonly queued: number;
  /** Over the last second of decoding, all sequences together; null while nothing is written. */
  readonly tokensPerSecond: number | null;
  /** The prompt that is being read, as a fraction; null while there is none. */
  readonly prefill: number | null;
  readonly residentBytes: number | null;
  readonly pid: number | null;
  readonly gpu: string | null;
  readonly readyAt: string | null;
  readonly error: WireError | null;
  /** What it takes, as estimated before the load. */
  readonly estimate: MemoryEstimate | null;
  /** Never evicted to make room. */
  readonly pinned: boolean;
  /** When it is unloaded if no request comes; null: not by itself, or while it works. */
  readonly unloadsAt: string | null;
  /** Names of the models that have to finish first; empty where it waits for nobody. */
  readonly waitsFor: readonly string[];
}
