import { z } from 'zod';
import type { WireError } from './errors.ts';
import type { FinishReason } from './generation.ts';

/** The wire that a request came in on; `page` is the chat page. */
export const dialects = ['openai', 'anthropic', 'ollama', 'lmstudio', 'llamacpp', 'page'] as const;
export type Dialect = (typeof dialects)[number];

export const requestStates = [
  'queued',
  'loading',
  'reading',
  'writing',
  'done',
  'failed',
  'cancelled',
] as const;
/** `reading`: the prompt is being read; `writing`: the answer is being written. */
export type RequestState = (typeof requestStates)[number];

/** What became of one request. Times are ISO 8601, durations milliseconds, amounts tokens. */
export interface RequestRecord {
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly state: RequestState;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly modelId: string;
  readonly dialect: Dialect;
  /** The path or the page that asked, such as `/v1/chat/completions`. */
  readonly endpoint: string;
  readonly kind: 'generation' | 'embedding';
  readonly streamed: boolean;
  /** Place in line while it waits; 1 is next. */
  readonly queuePosition: number | null;
  readonly queueMs: number | null;
  /** The part of the wait in which the model was loaded. */
  readonly loadMs: number | null;
  readonly promptTokens: number | null;
  readonly cachedTokens: number | null;
  /** Tokens of the prompt read so far, those from the cache included. */
  readonly readTokens: number | null;
  readonly prefillMs: number | null;
  readonly completionTokens: number;
  readonly decodeMs: number | null;
  readonly finishReason: FinishReason | null;
  readonly error: WireError | null;
  /** Whether its text was kept. */
  readonly captured: boolean;
}

/** The text of a request, where it was kept. */
export interface CapturedText {
  readonly prompt: string;
  readonly answer: string;
  /** True where one of them was too long to be kept whole. */
  readonly cut: boolean;
}

export interface RequestDetail {
  readonly record: RequestRecord;
  readonly text: CapturedText | null;
}

export const listRequestsInput = z.object({
  /** Older than this record; absent: from the newest. */
  before: z.string().optional(),
  limit: z.int().min(1).max(200).default(50),
  modelId: z.string().optional(),
  requesterId: z.string().optional(),
  outcome: z.enum(['running', 'done', 'failed', 'cancelled']).optional(),
});
export type ListRequestsInput = z.infer<typeof listRequestsInput>;

export interface RequestPage {
  /** Newest first; those that run come first. */
  readonly records: readonly RequestRecord[];
  /** Names the next page; null at the end. */
  readonly next: string | null;
}

/** What a screen that watches requests hears; `changed` carries the whole record. */
export type RequestEvent =
  | { readonly type: 'changed'; readonly record: RequestRecord }
  | { readonly type: 'removed'; readonly ids: readonly string[] };
