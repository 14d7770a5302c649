import { z } from 'zod';
import type { WireError } from './errors.ts';
import { modelSettingsSchema } from './model-settings.ts';
import type { MemoryEstimate } from './memory.ts';
import type { LoadStage } from './runner.ts';

export const modelIdInput = z.object({ id: z.string().min(1) });

/** What a model can be used for. `other`: a file that is listed so that its owner knows what it is. */
export type ModelKind = 'chat' | 'completion' | 'embedding' | 'rerank' | 'other';

/** What a model would take and how, with settings that are not stored yet. */
export const planInput = modelIdInput.extend({ settings: modelSettingsSchema.partial().optional() });

/** The formats in which models are handed around. A runner takes GGUF; the others are shown with what to do. */
export const modelFormats = ['gguf', 'safetensors', 'mlx', 'coreml', 'pytorch', 'onnx'] as const;
export type ModelFormat = (typeof modelFormats)[number];

/** Where the library found a model. `sample`: made by the agent itself; `folder`: in one of the owner's folders. */
export const modelSources = ['sample', 'folder', 'huggingface', 'lmstudio', 'ollama'] as const;
export type ModelSource = (typeof modelSources)[number];

export const modelCapabilities = [
  'chat',
  'tools',
  'reasoning',
  'embeddings',
  'rerank',
  'fim',
  'vision',
] as const;
/** What a model can do by its header. `vision` is what it declares: runners read text alone. */
export type ModelCapability = (typeof modelCapabilities)[number];

/** Where on the Hub a model came from. */
export interface ModelOrigin {
  readonly repo: string;
  /** The commit; null where it was not kept. */
  readonly revision: string | null;
}

/** One file of a model. The hash is null until it was computed. */
export interface ModelFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string | null;
}

/** One entry of the library. Sizes in bytes, contextLength in tokens. */
export interface ModelEntry {
  /** Stays the same when its file is renamed or moved. */
  readonly id: string;
  /** What its owner calls it, else what its file does. */
  readonly name: string;
  readonly kind: ModelKind;
  readonly format: ModelFormat;
  readonly source: ModelSource;
  /** The watched folder in which it lies. */
  readonly folder: string;
  /** What a runner loads: the first of its files. */
  readonly path: string;
  /** Splits and shards in order. */
  readonly files: readonly ModelFile[];
  /** Names of parts that should be there and are not. */
  readonly missing: readonly string[];
  readonly sizeBytes: number;
  readonly modifiedAt: string;
  readonly architecture: string | null;
  /** As people call it, such as “Llama” or “Qwen”. */
  readonly family: string | null;
  readonly parameters: number | null;
  readonly quant: string | null;
  /** What the model was trained for; what is loaded may be less. */
  readonly contextLength: number | null;
  readonly licence: string | null;
  readonly capabilities: readonly ModelCapability[];
  readonly origin: ModelOrigin | null;
  /** Of a model in one file, once it is known. */
  readonly sha256: string | null;
  /** Ids of other entries with the same content. */
  readonly duplicates: readonly string[];
  /** Why it cannot be loaded, in words for its owner; null where it can. */
  readonly problem: string | null;
  /** What to do about it, where that is known. */
  readonly whatToDo: string | null;
  /** False where the files belong to another program. */
  readonly removable: boolean;
  /** Other names that requests may use. */
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly favourite: boolean;
  readonly notes: string;
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
