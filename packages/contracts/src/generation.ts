import type { WireError } from './errors.ts';
import type { Prompt } from './prompt.ts';
import type { RunnerAnswer } from './runner-questions.ts';
import type { Sampling } from './sampling.ts';

/** One request for text, whatever the dialect that it came in. */
export interface Generation {
  readonly prompt: Prompt;
  readonly sampling: Sampling;
  /** In tokens; null: until the model ends or the context is full. */
  readonly maxTokens: number | null;
  /** Where the context ends before `maxTokens`, the answer does too; otherwise such a request is refused. */
  readonly mayFillContext?: boolean;
  /** The text ends before the first of these, wherever tokens cut it. Neither thinking nor calls are searched. */
  readonly stop: readonly string[];
  /** Goes on after the model has ended, up to the limit; for measuring. */
  readonly ignoreEnd?: boolean;
  /** GBNF that the answer's text follows, from its first character after any thinking. Absent or null: free. */
  readonly grammar?: string | null;
  /** How many of the likeliest tokens are told beside each token's own log probability, 0 to 20. Absent or null: none. */
  readonly logprobs?: number | null;
  /** Added to a token's logit; -100 and less ban it. */
  readonly logitBias?: readonly (readonly [token: number, bias: number])[];
  /** How many answers; absent: one. Each has its own seed, the first the request's. */
  readonly choices?: number;
  /** Tells the prompt before the answer, with its log probabilities where those are asked for. */
  readonly echo?: boolean;
}

/** `stop`: the model ended or a stop string came; `length`: maxTokens or the end of the context. */
export type FinishReason = 'stop' | 'length' | 'tool-calls';

/** In tokens. */
export interface Usage {
  readonly promptTokens: number;
  /** Those of the prompt that the prompt cache already held. */
  readonly cachedTokens: number;
  /** Of all choices together, thinking and calls included. */
  readonly completionTokens: number;
  /** Those of the completion that were thinking; absent: none. */
  readonly reasoningTokens?: number;
}

/** In milliseconds of the runner's own clock. */
export interface Timings {
  readonly prefillMs: number;
  readonly decodeMs: number;
}

/** A token and how likely it was. */
export interface TokenChance {
  readonly token: number;
  /** With the replacement character where its bytes alone are no text. */
  readonly text: string;
  /** Null where they are those of the text. */
  readonly bytes: readonly number[] | null;
  /** Natural logarithm. */
  readonly logprob: number;
}

/** A token of the answer or the prompt, and the likeliest in its place. */
export interface TokenLogprob extends TokenChance {
  readonly top: readonly TokenChance[];
}

/** A piece of an answer. Pieces come in order within a choice; a piece without text only counts its tokens. */
export type AnswerPiece =
  | {
      readonly kind: 'delta';
      readonly text: string;
      readonly tokens: number;
      /** Of the tokens behind this text and any held back before it; only where they were asked for. */
      readonly logprobs?: readonly TokenLogprob[];
      readonly choice?: number;
    }
  /** Thinking. */
  | {
      readonly kind: 'reasoning';
      readonly text: string;
      readonly tokens: number;
      readonly choice?: number;
    }
  /** A call begins. One that never ends was cut off and is to be dropped: half a call is no call. */
  | {
      readonly kind: 'tool-call';
      /** Of the call among those of its choice, from 0. */
      readonly index: number;
      readonly id: string;
      readonly name: string;
      readonly tokens: number;
      readonly choice?: number;
    }
  /** More of a call's arguments: JSON, in pieces. */
  | {
      readonly kind: 'tool-arguments';
      readonly index: number;
      readonly text: string;
      readonly tokens: number;
      readonly choice?: number;
    }
  /** A call is whole: its arguments are JSON. */
  | {
      readonly kind: 'tool-call-end';
      readonly index: number;
      readonly tokens: number;
      readonly choice?: number;
    };

/** The end of an answer, of all its choices together. */
export interface AnswerEnd {
  readonly kind: 'end';
  /** Of the first choice. */
  readonly reason: FinishReason;
  /** Of each choice, where there are several. */
  readonly reasons?: readonly FinishReason[];
  /** The stop string that ended the first choice; null where none did. */
  readonly stopString?: string | null;
  readonly usage: Usage;
  readonly timings: Timings;
}

/** The prompt, where it was to be echoed; a token that begins every text is left out. Null: nothing comes before it. */
export interface PromptEcho {
  readonly kind: 'echo';
  readonly text: string;
  readonly logprobs?: readonly (TokenLogprob | null)[];
}

/** What happens to a request inside a runner, in order: prefill*, echo?, pieces*, then one end or error. */
export type RunnerEvent =
  | { readonly kind: 'prefill'; readonly evaluated: number; readonly total: number }
  | PromptEcho
  | AnswerPiece
  | AnswerEnd
  | { readonly kind: 'embedded'; readonly vectors: readonly number[][]; readonly promptTokens: number }
  | { readonly kind: 'ranked'; readonly scores: readonly number[]; readonly promptTokens: number }
  | { readonly kind: 'answered'; readonly answer: RunnerAnswer }
  | { readonly kind: 'error'; readonly error: WireError };

/** What a caller inside the agent hears of its request; failures are thrown, not yielded. */
export type GenerationEvent =
  | { readonly kind: 'queued'; readonly position: number }
  | { readonly kind: 'loading'; readonly progress: number | null }
  | Extract<RunnerEvent, { kind: 'prefill' }>
  | PromptEcho
  | AnswerPiece
  | AnswerEnd;

/** What the chat page hears; the last is an `end`, a `stopped` or an `error`. */
export type ChatEvent =
  | GenerationEvent
  | { readonly kind: 'stopped' }
  | { readonly kind: 'error'; readonly error: WireError };
