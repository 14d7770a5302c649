import type { WireError } from './errors.ts';
import type { Generation, RunnerEvent } from './generation.ts';
import type { MemoryEstimate } from './memory.ts';
import type { Adapter, KvType } from './model-settings.ts';
import type { RunnerQuestion } from './runner-questions.ts';

/** How a runner holds its model. Everything is explicit: llama.cpp's own defaults oversubscribe small machines. */
export interface RunnerSettings {
  /** Tokens per sequence. */
  readonly contextSize: number;
  /** How many requests run side by side; KV memory is contextSize × sequences. */
  readonly sequences: number;
  /** Tokens per batch. */
  readonly batchSize: number;
  readonly threads: number;
  /** `auto` uses Metal (or another GPU) where there is one; false keeps to the CPU. */
  readonly gpu: 'auto' | false;
  readonly purpose: 'generation' | 'embedding';
  /** Layers on the GPU; null: as many as fit. */
  readonly gpuLayers: number | null;
  /** Null: where the engine finds that it helps. */
  readonly flashAttention: boolean | null;
  readonly kvType: KvType;
  /** Jinja, in place of the model's own. */
  readonly chatTemplate: string | null;
  readonly speculation: Speculation;
  readonly adapters: readonly Adapter[];
}

/** How tokens are guessed ahead. */
export type Speculation =
  | { readonly kind: 'off' }
  | { readonly kind: 'prompt-lookup' }
  | { readonly kind: 'draft'; readonly modelPath: string };

/** Where a runner keeps the states of idle sequences, and how much of them. */
export interface PromptCacheOptions {
  readonly folder: string;
  /** Names the model's file as it is now; states of another one are dropped. */
  readonly modelIdentity: string;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** What a model's chat template and vocabulary make possible. */
export interface ModelCapabilities {
  /** Its template writes conversations; otherwise a general form is used, which any model can continue. */
  readonly chat: boolean;
  /** The template writes tools; otherwise they are described in the system prompt. */
  readonly tools: boolean;
  /** The template asks for or understands thinking. */
  readonly reasoning: boolean;
  /** Thinking can be switched off or its effort chosen. */
  readonly reasoningChoice: boolean;
  /** The vocabulary has tokens for filling in the middle. */
  readonly infill: boolean;
}

/** Facts about a loaded model, told by the runner. Sizes in bytes and tokens. */
export interface LoadedModel {
  readonly contextSize: number;
  readonly trainContextSize: number;
  readonly sequences: number;
  readonly vocabularySize: number;
  readonly embeddingSize: number;
  readonly hasChatTemplate: boolean;
  readonly capabilities: ModelCapabilities;
  readonly gpu: string;
  readonly gpuLayers: number;
  readonly loadMs: number;
}

/** What the engine found to compute on. In bytes. */
export interface RunnerHardware {
  readonly gpu: string;
  /** The working set that the GPU's driver recommends; null without a GPU. */
  readonly gpuMemoryBytes: number | null;
}

export type LoadStage = 'process' | 'weights' | 'context';

/** Agent → runner. */
export type RunnerCommand =
  /** Brings the library up without a model, so that a later load or estimate need not wait for it. */
  | { readonly type: 'prepare'; readonly gpu: RunnerSettings['gpu']; readonly threads: number }
  | {
      readonly type: 'load';
      readonly modelPath: string;
      readonly settings: RunnerSettings;
      /** Null: states of idle sequences are not kept. */
      readonly promptCache: PromptCacheOptions | null;
    }
  /** What the model would take in memory; answered before a load, and again with other settings. */
  | {
      readonly type: 'estimate';
      readonly requestId: string;
      readonly modelPath: string;
      readonly settings: RunnerSettings;
    }
  | { readonly type: 'generate'; readonly requestId: string; readonly generation: Generation }
  | { readonly type: 'embed'; readonly requestId: string; readonly inputs: readonly (string | number[])[] }
  | {
      readonly type: 'rank';
      readonly requestId: string;
      readonly query: string;
      readonly documents: readonly string[];
    }
  /** Answered at once, beside whatever else is under way. */
  | { readonly type: 'ask'; readonly requestId: string; readonly question: RunnerQuestion }
  | { readonly type: 'abort'; readonly requestId: string };

/**
 * Runner → agent. One `events` message per step carries what happened to all sequences in it,
 * so that eight streams cost one message and not eight.
 */
export type RunnerMessage =
  | { readonly type: 'prepared'; readonly hardware: RunnerHardware }
  | { readonly type: 'estimated'; readonly requestId: string; readonly estimate: MemoryEstimate }
  | { readonly type: 'estimate-failed'; readonly requestId: string; readonly error: WireError }
  | { readonly type: 'load-progress'; readonly stage: LoadStage; readonly fraction: number }
  | { readonly type: 'loaded'; readonly model: LoadedModel }
  | { readonly type: 'load-failed'; readonly error: WireError }
  | { readonly type: 'memory'; readonly residentBytes: number }
  | { readonly type: 'events'; readonly events: readonly RunnerEventFor[] };

export interface RunnerEventFor {
  readonly requestId: string;
  readonly event: RunnerEvent;
}
