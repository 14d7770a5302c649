import type {
  FinishReason,
  GenerationEvent,
  ImpetusError,
  RequestRecord,
  RequestState,
  WireError,
} from '@impetus/contracts';

/** What is known of a request when it arrives. */
export type RequestFacts = Pick<
  RequestRecord,
  | 'id'
  | 'startedAt'
  | 'requesterId'
  | 'requesterName'
  | 'modelId'
  | 'dialect'
  | 'endpoint'
  | 'kind'
  | 'streamed'
>;

/**
 * How far a request is. It changes in place, since every token passes here; records are made of it when somebody
 * looks. Moments are milliseconds since the request arrived, amounts tokens.
 */
export interface Progress {
  readonly facts: RequestFacts;
  state: RequestState;
  queuePosition: number | null;
  /** When the load that it waits for began; null while it waits for none. */
  loadingSince: number | null;
  loadMs: number | null;
  /** When a runner took it. */
  admittedAt: number | null;
  firstTokenAt: number | null;
  endedAt: number | null;
  promptTokens: number | null;
  cachedTokens: number | null;
  readTokens: number | null;
  completionTokens: number;
  prefillMs: number | null;
  decodeMs: number | null;
  finishReason: FinishReason | null;
  error: WireError | null;
}

/** Answers the milliseconds since the request arrived. */
export type Elapsed = () => number;

export function arrived(facts: RequestFacts): Progress {
  return {
    facts,
    state: 'queued',
    queuePosition: null,
    loadingSince: null,
    loadMs: null,
    admittedAt: null,
    firstTokenAt: null,
    endedAt: null,
    promptTokens: null,
    cachedTokens: null,
    readTokens: null,
    completionTokens: 0,
    prefillMs: null,
    decodeMs: null,
    finishReason: null,
    error: null,
  };
}

/** Notes what was heard of a request and answers whether its state changed. */
export function note(progress: Progress, event: GenerationEvent, elapsed: Elapsed): boolean {
  switch (event.kind) {
    case 'delta':
    case 'reasoning':
    case 'tool-call':
    case 'tool-arguments':
    case 'tool-call-end':
      progress.completionTokens += event.tokens;
      if (progress.firstTokenAt !== null) return false;
      progress.firstTokenAt = elapsed();
      take(progress, progress.firstTokenAt);
      return enter(progress, 'writing');
    case 'prefill':
      if (progress.admittedAt === null) {
        take(progress, elapsed());
        progress.cachedTokens = event.evaluated;
      }
      progress.promptTokens = event.total;
      progress.readTokens = event.evaluated;
      return progress.firstTokenAt === null && enter(progress, 'reading');
    case 'queued':
      stopLoading(progress, elapsed);
      progress.queuePosition = event.position;
      return enter(progress, 'queued');
    case 'loading':
      progress.loadingSince ??= elapsed();
      progress.queuePosition = null;
      return enter(progress, 'loading');
    case 'echo':
      return false;
    case 'end':
      progress.finishReason = event.reason;
      progress.promptTokens = event.usage.promptTokens;
      progress.readTokens = event.usage.promptTokens;
      progress.cachedTokens = event.usage.cachedTokens;
      progress.completionTokens = event.usage.completionTokens;
      progress.prefillMs = event.timings.prefillMs;
      progress.decodeMs = event.timings.decodeMs;
      return finish(progress, 'done', elapsed());
  }
}

/** A runner took the request, at the moment `now`. */
export function admit(progress: Progress, now: number): boolean {
  take(progress, now);
  return enter(progress, 'reading');
}

/** The texts were embedded, at the moment `now`. */
export function noteEmbedded(progress: Progress, promptTokens: number, now: number): boolean {
  progress.promptTokens = promptTokens;
  progress.readTokens = promptTokens;
  progress.prefillMs = progress.admittedAt === null ? null : now - progress.admittedAt;
  return finish(progress, 'done', now);
}

/** The request ended with an error, at the moment `now`. */
export function noteFailure(progress: Progress, error: ImpetusError, now: number): boolean {
  progress.error = error.toWire();
  return finish(progress, error.code === 'cancelled' ? 'cancelled' : 'failed', now);
}

function take(progress: Progress, now: number): void {
  stopLoading(progress, () => now);
  progress.admittedAt ??= now;
  progress.queuePosition = null;
}

function finish(progress: Progress, state: RequestState, now: number): boolean {
  stopLoading(progress, () => now);
  progress.queuePosition = null;
  progress.endedAt = now;
  return enter(progress, state);
}

function stopLoading(progress: Progress, elapsed: Elapsed): void {
  if (progress.loadingSince === null) return;
  progress.loadMs = (progress.loadMs ?? 0) + elapsed() - progress.loadingSince;
  progress.loadingSince = null;
}

function enter(progress: Progress, state: RequestState): boolean {
  if (progress.state === state) return false;
  progress.state = state;
  return true;
}

/** The record of a request at the moment `now`; times that still run count up to then. */
export function toRecord(progress: Progress, now: number, captured: boolean): RequestRecord {
  const { facts, admittedAt, firstTokenAt, endedAt } = progress;
  const last = endedAt ?? now;
  const prefillMs = progress.prefillMs ?? between(admittedAt, firstTokenAt ?? last);
  const decodeMs = progress.decodeMs ?? between(firstTokenAt, last);
  return {
    ...facts,
    endedAt: endedAt === null ? null : new Date(Date.parse(facts.startedAt) + endedAt).toISOString(),
    state: progress.state,
    queuePosition: progress.queuePosition,
    queueMs: rounded(admittedAt ?? endedAt),
    loadMs: rounded(progress.loadMs),
    promptTokens: progress.promptTokens,
    cachedTokens: progress.cachedTokens,
    readTokens: progress.readTokens,
    prefillMs: rounded(prefillMs),
    completionTokens: progress.completionTokens,
    decodeMs: rounded(decodeMs),
    finishReason: progress.finishReason,
    error: progress.error,
    captured,
  };
}

function between(from: number | null, to: number): number | null {
  return from === null ? null : to - from;
}

/** To a tenth of a millisecond. */
function rounded(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds * 10) / 10;
}
