import type { Download, DownloadFile } from '@impetus/contracts/downloads';
import { formatBytes, formatClock, formatDuration } from '../../lib/format.ts';

/** A download in words: its state as a shape and a word, how far it is, and what else is to be said. */
export interface DownloadView {
  readonly kind: 'running' | 'working' | 'waiting' | 'failed' | 'away' | 'done';
  readonly words: string;
  /** How much of how much, how fast, how long still: each is read in one piece. */
  readonly amounts: readonly string[];
  /** 0 to 1; null where no line is drawn. */
  readonly progress: number | null;
  /** Why it stands still or failed, in words for its owner. */
  readonly reason: string | null;
}

/** `live`: whether the page hears of changes. `now` in milliseconds. */
export function viewDownload(download: Download, live: boolean, now: number): DownloadView {
  const { state, sizeBytes, doneBytes, error } = download;
  const done = sizeBytes === 0 ? 0 : doneBytes / sizeBytes;
  const amounts = state === 'done' ? [formatBytes(sizeBytes)] : amountWords(download, live);
  switch (state) {
    case 'queued':
      return { kind: 'waiting', words: 'In line', amounts, progress: done, reason: null };
    case 'waiting':
      return {
        kind: 'waiting',
        words: waitWords(download, now),
        amounts,
        progress: done,
        reason: error?.message ?? null,
      };
    case 'downloading':
      return live
        ? { kind: 'working', words: 'Downloading', amounts, progress: done, reason: null }
        : { kind: 'away', words: 'Was downloading', amounts, progress: done, reason: null };
    case 'finishing':
      return { kind: 'working', words: 'Checking', amounts, progress: 1, reason: null };
    case 'paused':
      return { kind: 'away', words: 'Paused', amounts, progress: done, reason: null };
    case 'done':
      return { kind: 'done', words: 'In the library', amounts, progress: null, reason: null };
    case 'failed':
      return { kind: 'failed', words: 'Failed', amounts, progress: done, reason: error?.message ?? null };
  }
}

function waitWords({ waitsFor, retryAt }: Download, now: number): string {
  switch (waitsFor) {
    case 'retry':
      return retryAt === null ? 'Tries again soon' : `Tries again ${inWords(Date.parse(retryAt), now)}`;
    case 'window':
      return 'Waits for its hours';
    case 'mains':
      return 'Waits for mains power';
    case 'disk':
      return 'Waits for room on the disk';
    case 'folder':
      return 'Waits for the disk of the models';
    default:
      return 'Waits';
  }
}

function inWords(at: number, now: number): string {
  const ms = at - now;
  if (ms <= 1_000) return 'now';
  return ms < 60_000 ? `in ${formatDuration(ms)}` : `at ${formatClock(at, now)}`;
}

/** How fast bytes come. */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** How long it still takes, said more coarsely the longer it is. */
export function formatLeft(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min left`;
  return `${formatDuration(Math.round(minutes / 5) * 300_000)} left`;
}

function amountWords(
  { sizeBytes, doneBytes, bytesPerSecond, secondsLeft, state }: Download,
  live: boolean,
): readonly string[] {
  const of =
    doneBytes === 0 ? formatBytes(sizeBytes) : `${formatBytes(doneBytes)} of ${formatBytes(sizeBytes)}`;
  if (!live || state !== 'downloading') return [of];
  return [
    of,
    ...(bytesPerSecond === null ? [] : [formatSpeed(bytesPerSecond)]),
    ...(secondsLeft === null ? [] : [formatLeft(secondsLeft)]),
  ];
}

/** What one file of several is called: a part of a split by its number, which its long name has at its end. */
export function fileName({ path }: Pick<DownloadFile, 'path'>): string {
  const [, part, of] = /-(\d{5})-of-(\d{5})\.gguf$/iu.exec(path) ?? [];
  return part === undefined ? (path.split('/').at(-1) ?? path) : `Part ${Number(part)} of ${Number(of)}`;
}

/** What one file of several is at. */
export function fileWords({ state, sizeBytes, doneBytes }: DownloadFile): string {
  switch (state) {
    case 'queued':
      return formatBytes(sizeBytes);
    case 'downloading':
      return `${formatBytes(doneBytes)} of ${formatBytes(sizeBytes)}`;
    case 'finishing':
      return 'Checking';
    case 'done':
      return `${formatBytes(sizeBytes)}, checked`;
  }
}

export function isOver({ state }: Pick<Download, 'state'>): boolean {
  return state === 'done' || state === 'failed';
}

/** What a download is called: its model and its quant, each once. */
export function downloadName({ name, quant }: Pick<Download, 'name' | 'quant'>): string {
  return quant === null || name.toLowerCase().includes(quant.toLowerCase()) ? name : `${name} ${quant}`;
}

/** All that is under way, in a line; `live`: whether the page hears how fast it is. */
export function totalWords(downloads: readonly Download[], live: boolean): string {
  const running = downloads.filter(({ state }) => state === 'downloading');
  const speed = running.reduce((sum, { bytesPerSecond }) => sum + (bytesPerSecond ?? 0), 0);
  const left = downloads
    .filter((download) => !isOver(download))
    .reduce((sum, { sizeBytes, doneBytes }) => sum + sizeBytes - doneBytes, 0);
  if (left === 0) return '';
  return [`${formatBytes(left)} to go`, live && speed > 0 ? formatSpeed(speed) : '']
    .filter(Boolean)
    .join(' · ');
}
