import type { WireError } from './errors.ts';
import type { Generation, RunnerEvent } from './generation.ts';

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
}

/** Facts about a loaded model, told by the runner. Sizes in bytes and tokens. */
export interface LoadedModel {
  readonly contextSize: number;
  readonly trainContextSize: number;
  readonly sequences: number;
  readonly vocabularySize: number;
  readonly embeddingSize: number;
  readonly hasChatTemplate: boolean;
  readonly gpu: string;
  readonly gpuLayers: number;
  readonly loadMs: number;
}

export type LoadStage = 'process' | 'weights' | 'context';

/** Agent → runner. */
export type RunnerCommand =
  | { readonly type: 'load'; readonly modelPath: string; readonly settings: RunnerSettings }
  | { readonly type: 'generate'; readonly requestId: string; readonly generation: Generation }
  | { readonly type: 'embed'; readonly requestId: string; readonly inputs: readonly (string | number[])[] }
  | { readonly type: 'abort'; readonly requestId: string };

/**
 * Runner → agent. One `events` message per step carries what happened to all sequences in it,
 * so that eight streams cost one message and not eight.
 */
export type RunnerMessage =
  | { readonly type: 'load-progress'; readonly stage: LoadStage; readonly fraction: number }
  | { readonly type: 'loaded'; readonly model: LoadedModel }
  | { readonly type: 'load-failed'; readonly error: WireError }
  | { readonly type: 'memory'; readonly residentBytes: number }
  | { readonly type: 'events'; readonly events: readonly RunnerEventFor[] };

export interface RunnerEventFor {
  readonly requestId: string;
  readonly event: RunnerEvent;
}
