import type { ErrorCode } from '@impetus/contracts/errors';
import type { Dialect, RequestRecord } from '@impetus/contracts/records';
import type { RunnerStatus } from '@impetus/contracts/models';
import { formatCount, formatDuration, formatPercent, formatRate, formatTokens } from '../lib/format.ts';
import { tookMs, writingSpeed } from './request-timeline.ts';

/** A request in words: its state as a shape and a word, and a line of progress where there is one. */
export interface RequestView {
  readonly kind: 'waiting' | 'working' | 'running' | 'done' | 'cancelled' | 'failed' | 'away';
  readonly words: string;
  /** Undefined: nothing to show; null: under way, nobody knows how far. */
  readonly progress?: { readonly label: string; readonly value: number | null };
}

/** `runner`: that of its model; `live`: whether the page hears of changes. */
export function viewRequest(
  record: RequestRecord,
  runner: Pick<RunnerStatus, 'state' | 'progress'> | undefined,
  live: boolean,
): RequestView {
  if (record.endedAt === null && !live) return { kind: 'away', words: wordsBefore(record) };
  switch (record.state) {
    case 'queued':
      return { kind: 'waiting', words: placeInLine(record.queuePosition) };
    case 'loading':
      return viewLoading(runner?.state === 'starting' ? runner.progress : null);
    case 'reading':
      return viewReading(record);
    case 'writing':
      return { kind: 'running', words: 'Writing' };
    case 'done':
      return { kind: 'done', words: ended('Done', record) };
    case 'failed':
      return { kind: 'failed', words: ended('Failed', record, 'after') };
    case 'cancelled':
      return { kind: 'cancelled', words: ended('Cancelled', record, 'after') };
  }
}

const ordinal = new Intl.PluralRules('en', { type: 'ordinal' });
const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

function placeInLine(position: number | null): string {
  if (position === null) return 'Waiting';
  if (position <= 1) return 'Next in line';
  return `${formatCount(position)}${suffixes[ordinal.select(position)] ?? 'th'} in line`;
}

function viewLoading(progress: number | null): RequestView {
  const label = 'Loading the model';
  const share = progress === null ? '' : `, ${formatPercent(progress)}`;
  return { kind: 'working', words: label + share, progress: { label, value: progress } };
}

function viewReading({ readTokens, promptTokens }: RequestRecord): RequestView {
  const label = 'Reading the prompt';
  if (readTokens === null || promptTokens === null || promptTokens === 0) {
    return { kind: 'working', words: label, progress: { label, value: null } };
  }
  const value = Math.min(1, readTokens / promptTokens);
  return { kind: 'working', words: `${label}, ${formatPercent(value)}`, progress: { label, value } };
}

/** What a request was when the agent was last heard. */
function wordsBefore({ state }: RequestRecord): string {
  if (state === 'queued') return 'Was in line';
  if (state === 'loading') return 'Was waiting for the model';
  return state === 'reading' ? 'Was being read' : 'Was being written';
}

function ended(word: string, record: RequestRecord, preposition: 'in' | 'after' = 'in'): string {
  const took = tookMs(record);
  return took === null ? word : `${word} ${preposition} ${formatDuration(took)}`;
}

/** Too short a time gives a speed that nobody would recognise. */
const shortestMeasureMs = 500;

/** Tokens in and out, in one line; before there are any what was asked for, and what went wrong in place of them. */
export function tokensLine(record: RequestRecord): string {
  const { state, endpoint, promptTokens, readTokens, completionTokens, error } = record;
  if (state === 'failed' && error !== null) return error.message;
  if (state === 'queued' || state === 'loading') return endpoint;
  if (state === 'reading') {
    if (promptTokens === null) return '';
    return `${formatCount(readTokens ?? 0)} of ${formatTokens(promptTokens)} read`;
  }
  if (state === 'writing') {
    const speed = (record.decodeMs ?? 0) < shortestMeasureMs ? null : writingSpeed(record);
    return [formatTokens(completionTokens), speed === null ? '' : formatRate(speed)]
      .filter(Boolean)
      .join(' · ');
  }
  return amounts(record) || endpoint;
}

function amounts(record: RequestRecord): string {
  const { promptTokens, completionTokens, finishReason, kind } = record;
  if (promptTokens === null) return '';
  const cached = cachedShare(record);
  return [
    `${formatCount(promptTokens)} in`,
    cached === null || cached === 0 ? '' : `${formatCached(cached)} cached`,
    kind === 'embedding' ? '' : `${formatCount(completionTokens)} out`,
    finishReason === 'length' ? 'cut off' : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The part of the prompt that the prompt cache held, 0 to 1. */
export function cachedShare({
  promptTokens,
  cachedTokens,
}: Pick<RequestRecord, 'promptTokens' | 'cachedTokens'>): number | null {
  if (promptTokens === null || cachedTokens === null || promptTokens === 0) return null;
  return cachedTokens / promptTokens;
}

/** A share of the prompt that came from the cache; all but one token is not all. */
export function formatCached(share: number): string {
  return formatPercent(Math.floor(share * 100) / 100);
}

const dialectNames: Record<Dialect, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
  llamacpp: 'llama.cpp',
  page: 'Chat page',
};

export function dialectName(dialect: Dialect): string {
  return dialectNames[dialect];
}

/** Why it ended, in a sentence; null while it runs. */
export function endingOf({ state, finishReason, kind }: RequestRecord): string | null {
  if (state === 'failed') return 'With an error';
  if (state === 'cancelled') return 'It was stopped, or the one who asked went away';
  if (state !== 'done') return null;
  if (kind === 'embedding') return 'The embedding was made';
  return finishReason === 'length'
    ? 'The longest answer allowed, or the context size, was reached'
    : 'The model ended, or a stop string came';
}

/** Where something can be done about an error. */
export interface Remedy {
  /** The page, by what is found there. */
  readonly place: 'limits' | 'model' | 'models';
  readonly text: string;
}

const limits: Remedy = { place: 'limits', text: 'How much may be asked at once is set under Limits.' };
const context: Remedy = { place: 'model', text: 'The context size is one of the model’s settings.' };
const memory: Remedy = { place: 'model', text: 'What the model takes in memory is on its page.' };
const models: Remedy = { place: 'models', text: 'What can be asked for is listed under Models.' };

const remedies: Partial<Record<ErrorCode, Remedy>> = {
  queue_full: limits,
  rate_limited: limits,
  timeout: limits,
  context_length_exceeded: context,
  insufficient_memory: memory,
  model_load_failed: memory,
  model_not_found: models,
  model_unusable: models,
};

/** Where something can be done about an error, by its code; null where nothing can from here. */
export function remedyFor(code: ErrorCode): Remedy | null {
  return remedies[code] ?? null;
}
