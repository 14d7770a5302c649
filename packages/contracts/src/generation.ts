import type { WireError } from './errors.ts';
import type { Sampling } from './sampling.ts';

/** A message as a chat template receives it. */
export interface PromptMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
}

/** What is to be continued. Chat prompts are rendered in the runner, by the model's own template. */
export type Prompt =
  | { readonly kind: 'chat'; readonly messages: readonly PromptMessage[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tokens'; readonly tokens: readonly number[] };

/** One request for text, whatever the dialect that it came in. */
export interface Generation {
  readonly prompt: Prompt;
  readonly sampling: Sampling;
  /** In tokens; null: until the model ends or the context is full. */
  readonly maxTokens: number | null;
  /** The text ends before the first of these, wherever tokens cut it. */
  readonly stop: readonly string[];
  /** Goes on after the model has ended, up to the limit; for measuring. */
  readonly ignoreEnd?: boolean;
}

/** `stop`: the model ended or a stop string came; `length`: maxTokens or the end of the context. */
export type FinishReason = 'stop' | 'length';

/** In tokens. */
export interface Usage {
  readonly promptTokens: number;
  /** Those of the prompt that the prompt cache already held. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

/** In milliseconds of the runner's own clock. */
export interface Timings {
  readonly prefillMs: number;
  readonly decodeMs: number;
}

/** What happens to a request inside a runner, in order: prefill*, delta*, then one end or error. */
export type RunnerEvent =
  | { readonly kind: 'prefill'; readonly evaluated: number; readonly total: number }
  | { readonly kind: 'delta'; readonly text: string; readonly tokens: number }
  | {
      readonly kind: 'end';
      readonly reason: FinishReason;
      readonly usage: Usage;
      readonly timings: Timings;
    }
  | { readonly kind: 'embedded'; readonly vectors: readonly number[][]; readonly promptTokens: number }
  | { readonly kind: 'error'; readonly error: WireError };

/** What a caller inside the agent hears of its request; failures are thrown, not yielded. */
export type GenerationEvent =
  | { readonly kind: 'queued'; readonly position: number }
  | { readonly kind: 'loading'; readonly progress: number | null }
  | Extract<RunnerEvent, { kind: 'prefill' | 'delta' | 'end' }>;

/** What the chat page hears; the last is an `end`, a `stopped` or an `error`. */
export type ChatEvent =
  | GenerationEvent
  | { readonly kind: 'stopped' }
  | { readonly kind: 'error'; readonly error: WireError };
