import type { RunnerStatus } from '@impetus/contracts/models';
import type { LoadStage } from '@impetus/contracts/runner';
import { formatBytes, formatClock, formatPercent, formatRate } from '../lib/format.ts';

/** A runner in words: its state as a shape and a word, and a line of progress where there is one. */
export interface RunnerView {
  readonly kind: 'running' | 'working' | 'waiting' | 'failed' | 'away';
  readonly words: string;
  /** The same where there is little room, next to a name that matters more. */
  readonly short?: string;
  /** Undefined: nothing to show; null: under way, nobody knows how far. */
  readonly progress?: { readonly label: string; readonly value: number | null };
}

const stages: Record<LoadStage, string> = {
  process: 'Starting',
  weights: 'Loading',
  context: 'Preparing the context',
};

/** What a model without a runner is. */
export const unloadedView: RunnerView = { kind: 'away', words: 'Not loaded' };

/** `live`: whether the page hears of changes; what it shows otherwise is what was. */
export function viewRunner(runner: RunnerStatus | undefined, live: boolean): RunnerView {
  if (runner === undefined) return unloadedView;
  if (live || runner.state === 'failed') return viewNow(runner);
  return { kind: 'away', words: wordsBefore(runner) };
}

/** What a runner was when the agent was last heard. */
function wordsBefore({ state, active }: RunnerStatus): string {
  if (state === 'waiting') return 'Was waiting for room';
  if (state === 'starting') return 'Was loading';
  if (state === 'stopping') return 'Was being unloaded';
  if (state === 'stopped') return unloadedView.words;
  return active > 0 ? 'Was writing' : 'Was ready';
}

function viewNow(runner: RunnerStatus): RunnerView {
  switch (runner.state) {
    case 'stopped':
      return unloadedView;
    case 'waiting':
      return { kind: 'waiting', words: waitingWords(runner), short: 'Waiting for room' };
    case 'starting':
      return viewLoad(runner);
    case 'ready':
      return viewReady(runner);
    case 'stopping':
      return { kind: 'working', words: 'Unloading', progress: { label: 'Unloading', value: null } };
    case 'failed':
      return { kind: 'failed', words: 'Failed' };
  }
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function waitingWords({ waitsFor }: RunnerStatus): string {
  return waitsFor.length === 0 ? 'Waiting for room' : `Waiting for ${list.format(waitsFor)}`;
}

function viewLoad({ stage, progress }: RunnerStatus): RunnerView {
  const label = stages[stage ?? 'process'];
  const words = stage === 'weights' && progress !== null ? `${label}, ${formatPercent(progress)}` : label;
  return { kind: 'working', words, progress: { label, value: progress } };
}

function viewReady({ prefill, tokensPerSecond, active, queued }: RunnerStatus): RunnerView {
  if (tokensPerSecond !== null && active > 0) {
    const rate = formatRate(tokensPerSecond);
    return { kind: 'running', words: `Writing at ${rate}`, short: rate };
  }
  if (prefill !== null) {
    const label = 'Reading the prompt';
    return { kind: 'running', words: label, progress: { label, value: prefill } };
  }
  return { kind: 'running', words: active + queued > 0 ? 'Busy' : 'Ready' };
}

/** What else there is to say of a runner: how much work, how much memory, how long it stays. `now` in milliseconds. */
export function runnerNotes(runner: RunnerStatus, live: boolean, now: number): readonly string[] {
  const { active, queued, estimate, residentBytes, pinned, unloadsAt } = runner;
  const bytes = estimate?.totalBytes ?? residentBytes;
  const work = live
    ? [
        active > 1 ? `${active} answers` : '',
        queued > 0 ? `${queued} waiting` : '',
        unloadsAt === null ? '' : `unloads at ${formatClock(Date.parse(unloadsAt), now)}`,
      ]
    : [];
  return [bytes === null ? '' : formatBytes(bytes), ...work, pinned ? 'pinned' : ''].filter(Boolean);
}

/** The runner that a glance should fall on: one that writes, then one that changes, then the latest to be ready. */
export function foremost(runners: readonly RunnerStatus[]): RunnerStatus | undefined {
  return runners.toSorted((a, b) => rank(b) - rank(a) || readySince(b) - readySince(a))[0];
}

function readySince({ readyAt }: RunnerStatus): number {
  return readyAt === null ? 0 : Date.parse(readyAt);
}

function rank({ state, active }: RunnerStatus): number {
  if (state === 'ready') return active > 0 ? 4 : 2;
  if (state === 'starting' || state === 'stopping' || state === 'waiting') return 3;
  return state === 'failed' ? 1 : 0;
}

/** What a runner computes on, as people call it. */
export function computesOn({ gpu, state }: RunnerStatus): string {
  if (gpu === null) return state === 'ready' ? 'CPU' : '–';
  return gpuNames[gpu] ?? gpu;
}

const gpuNames: Partial<Record<string, string>> = {
  none: 'CPU',
  metal: 'GPU (Metal)',
  cuda: 'GPU (CUDA)',
  vulkan: 'GPU (Vulkan)',
};
