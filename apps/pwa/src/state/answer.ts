import type { ChatEvent, FinishReason, Usage } from '@impetus/contracts/generation';
import { fromWire, type Failure } from '../api/failure.ts';

export type AnswerStatus =
  | { readonly kind: 'sending' }
  | { readonly kind: 'queued'; readonly position: number }
  | { readonly kind: 'loading'; readonly progress: number | null }
  | { readonly kind: 'reading'; readonly progress: number }
  | { readonly kind: 'thinking' }
  | { readonly kind: 'writing' }
  | { readonly kind: 'done'; readonly reason: FinishReason }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What a model thought before it answered, and when, in milliseconds of this device's clock. */
export interface Thinking {
  readonly text: string;
  readonly beganAt: number;
  readonly lastAt: number;
}

/** Times in milliseconds, of this device's clock. */
export interface Answer {
  readonly role: 'assistant';
  readonly id: string;
  readonly model: string;
  readonly text: string;
  /** Missing where it did not think, and in answers that were kept before thinking was. */
  readonly thinking?: Thinking;
  readonly status: AnswerStatus;
  readonly askedAt: number;
  readonly firstTokenAt: number | null;
  readonly tokens: number;
  /** Measured by the runner once the answer is complete, by this page while it is written. */
  readonly tokensPerSecond: number | null;
  readonly usage: Usage | null;
  /** What the agent calls this answer, and the last event of it that arrived: with them it is taken up again. */
  readonly chatId: string | null;
  readonly lastEventId: string | null;
}

export function newAnswer(input: {
  readonly id: string;
  readonly model: string;
  readonly now: number;
}): Answer {
  return {
    role: 'assistant',
    id: input.id,
    model: input.model,
    text: '',
    status: { kind: 'sending' },
    askedAt: input.now,
    firstTokenAt: null,
    tokens: 0,
    tokensPerSecond: null,
    usage: null,
    chatId: null,
    lastEventId: null,
  };
}

export function isUnfinished(status: AnswerStatus): boolean {
  return status.kind !== 'done' && status.kind !== 'stopped' && status.kind !== 'failed';
}

/** An answer after one more event of its stream. */
export function foldAnswer(answer: Answer, event: ChatEvent, now: number): Answer {
  switch (event.kind) {
    case 'queued':
      return { ...answer, status: { kind: 'queued', position: event.position } };
    case 'loading':
      return { ...answer, status: { kind: 'loading', progress: event.progress } };
    case 'prefill':
      return { ...answer, status: { kind: 'reading', progress: event.evaluated / Math.max(1, event.total) } };
    case 'delta':
      return withDelta(answer, event, now);
    case 'reasoning':
      return withThought(answer, event, now);
    // The page asks for neither tools nor echoes; their tokens count.
    case 'tool-call':
    case 'tool-arguments':
    case 'tool-call-end':
      return withDelta(answer, { text: '', tokens: event.tokens }, now);
    case 'echo':
      return answer;
    case 'end': {
      const { usage, timings } = event;
      const measured = usage.completionTokens > 0 && timings.decodeMs > 0;
      const rate = measured ? (usage.completionTokens / timings.decodeMs) * 1000 : null;
      const status: AnswerStatus = { kind: 'done', reason: event.reason };
      return { ...answer, status, usage, tokens: usage.completionTokens, tokensPerSecond: rate };
    }
    case 'stopped':
      return { ...answer, status: { kind: 'stopped' } };
    case 'error':
      return {
        ...answer,
        status: { kind: 'failed', failure: fromWire(event.error, 'The answer broke off.') },
      };
  }
}

function withThought(
  answer: Answer,
  thought: { readonly text: string; readonly tokens: number },
  now: number,
) {
  const { text, beganAt } = answer.thinking ?? { text: '', beganAt: now };
  const counted = withDelta(answer, { text: '', tokens: thought.tokens }, now);
  const thinking: Thinking = { text: text + thought.text, beganAt, lastAt: now };
  return { ...counted, thinking, status: { kind: 'thinking' } } as const;
}

/** Too short a time gives a rate that nobody would recognise. */
const shortestMeasureMs = 500;

function withDelta(
  answer: Answer,
  delta: { readonly text: string; readonly tokens: number },
  now: number,
): Answer {
  const firstTokenAt = answer.firstTokenAt ?? now;
  const tokens = answer.tokens + delta.tokens;
  const elapsed = now - firstTokenAt;
  const tokensPerSecond = elapsed < shortestMeasureMs ? answer.tokensPerSecond : (tokens / elapsed) * 1000;
  return {
    ...answer,
    text: answer.text + delta.text,
    status: { kind: 'writing' },
    firstTokenAt,
    tokens,
    tokensPerSecond,
  };
}
