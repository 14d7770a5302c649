import type { Download, DownloadState, DownloadWait } from '@impetus/contracts';
import { formatBytes } from './format.ts';

const barWidth = 24;

const waits: Readonly<Record<DownloadWait, string>> = {
  retry: 'waiting to try again',
  window: 'waiting for its time',
  mains: 'waiting for mains power',
  disk: 'waiting for room on the disk',
  folder: 'waiting for the disk of the models',
};

/** One line that tells how far a download is. */
export function progressLine(download: Download): string {
  const { doneBytes, sizeBytes } = download;
  const part = sizeBytes === 0 ? 1 : doneBytes / sizeBytes;
  const filled = Math.floor(part * barWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  const amount = `${formatBytes(doneBytes)} of ${formatBytes(sizeBytes)}`;
  return `${bar} ${String(Math.floor(part * 100)).padStart(3)} %  ${amount}  ${stateInWords(download)}`;
}

export function stateInWords({ state, waitsFor, bytesPerSecond, secondsLeft, error }: Download): string {
  if (state === 'downloading' && bytesPerSecond !== null) {
    const left = secondsLeft === null ? '' : `, ${timeInWords(secondsLeft)} left`;
    return `${formatBytes(bytesPerSecond)}/s${left}`;
  }
  if (state === 'waiting' && waitsFor !== null)
    return error === null ? waits[waitsFor] : `${waits[waitsFor]}: ${error.message}`;
  return words[state];
}

const words: Readonly<Record<DownloadState, string>> = {
  queued: 'in the queue',
  waiting: 'waiting',
  downloading: 'starting',
  finishing: 'checking',
  paused: 'paused',
  done: 'in the library',
  failed: 'failed',
};

function timeInWords(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
