import type { RequestRecord } from '@impetus/contracts/records';

/** One stretch of the time that a request took. */
export interface Stretch {
  readonly kind: 'waiting' | 'loading' | 'reading' | 'writing';
  readonly label: string;
  readonly ms: number;
  /** Of all stretches together, 0 to 1. */
  readonly share: number;
}

type Times = Pick<RequestRecord, 'queueMs' | 'loadMs' | 'prefillMs' | 'decodeMs'>;

const labels: Record<Stretch['kind'], string> = {
  waiting: 'Waiting in line',
  loading: 'Loading the model',
  reading: 'Reading the prompt',
  writing: 'Writing the answer',
};

/** Anything shorter took no time worth telling of. */
const shortestMs = 0.5;

/** What the time went into, in order, as far as it is known; what did not happen is left out. */
export function timelineOf(times: Times): readonly Stretch[] {
  const { queueMs, loadMs, prefillMs, decodeMs } = times;
  const spans: readonly (readonly [Stretch['kind'], number])[] = [
    // The wait includes the load.
    ['waiting', Math.max(0, (queueMs ?? 0) - (loadMs ?? 0))],
    ['loading', loadMs ?? 0],
    ['reading', prefillMs ?? 0],
    ['writing', decodeMs ?? 0],
  ];
  const told = spans.filter(([, ms]) => ms >= shortestMs);
  const total = told.reduce((sum, [, ms]) => sum + ms, 0);
  return told.map(([kind, ms]) => ({ kind, label: labels[kind], ms, share: ms / total }));
}

/** Tokens of the prompt that were read and not in the cache, per second; null where nobody can say. */
export function readingSpeed({
  promptTokens,
  cachedTokens,
  prefillMs,
}: Pick<RequestRecord, 'promptTokens' | 'cachedTokens' | 'prefillMs'>): number | null {
  if (promptTokens === null || prefillMs === null || prefillMs <= 0) return null;
  const read = promptTokens - (cachedTokens ?? 0);
  return read > 0 ? (read / prefillMs) * 1000 : null;
}

/** Tokens written per second; null where nobody can say. */
export function writingSpeed({
  completionTokens,
  decodeMs,
}: Pick<RequestRecord, 'completionTokens' | 'decodeMs'>): number | null {
  if (decodeMs === null || decodeMs <= 0 || completionTokens === 0) return null;
  return (completionTokens / decodeMs) * 1000;
}

/** From its arrival to its end, in milliseconds; null while it runs. */
export function tookMs({ startedAt, endedAt }: Pick<RequestRecord, 'startedAt' | 'endedAt'>): number | null {
  return endedAt === null ? null : Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));
}
