import type { AddDownloadInput, DownloadPriority } from '@impetus/contracts/downloads';
import { api } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import { attempt } from '../actions.ts';

/** A quant of a repo that someone wants. */
export interface WantedDownload {
  readonly repo: string;
  /** The quant's key; absent: the one that is best for the Mac. */
  readonly key?: string;
  /** The commit that was looked at. */
  readonly revision?: string;
  /** How people call it. */
  readonly name: string;
}

/** Puts a model into the queue. */
export function addDownload(wanted: WantedDownload): Promise<boolean> {
  return attempt(`${wanted.name} is not in the queue.`, () => api.downloads.add.mutate(inputOf(wanted)));
}

/** As `addDownload`; answers why it was refused, to be said where it was asked. */
export async function tryDownload(wanted: WantedDownload): Promise<string | null> {
  try {
    await api.downloads.add.mutate(inputOf(wanted));
    return null;
  } catch (error) {
    const { what, why, remedy } = toFailure(error, `${wanted.name} is not in the queue.`);
    return [what, why, remedy].filter(Boolean).join(' ');
  }
}

function inputOf({ repo, key, revision }: WantedDownload): AddDownloadInput {
  return { repo, ...(key !== undefined && { key }), ...(revision !== undefined && { revision }) };
}

export function pauseDownload(id: string): Promise<boolean> {
  return attempt('The download was not paused.', () => api.downloads.pause.mutate({ id }));
}

export function resumeDownload(id: string): Promise<boolean> {
  return attempt('The download does not go on.', () => api.downloads.resume.mutate({ id }));
}

/** Takes what was fetched off the disk; of one that ended, only its entry goes. */
export function cancelDownload(id: string): Promise<boolean> {
  return attempt('The download was not cancelled.', () => api.downloads.cancel.mutate({ id }));
}

export function retryDownload(id: string): Promise<boolean> {
  return attempt('The download was not tried again.', () => api.downloads.retry.mutate({ id }));
}

export function moveDownload(id: string, before: string | null): Promise<boolean> {
  return attempt('The download was not moved.', () => api.downloads.move.mutate({ id, before }));
}

export function prioritiseDownload(id: string, priority: DownloadPriority): Promise<boolean> {
  return attempt('The priority was not changed.', () => api.downloads.prioritise.mutate({ id, priority }));
}

export function pauseAllDownloads(): Promise<boolean> {
  return attempt('The downloads were not paused.', () => api.downloads.pauseAll.mutate());
}

export function resumeAllDownloads(): Promise<boolean> {
  return attempt('The downloads do not go on.', () => api.downloads.resumeAll.mutate());
}

export function clearDoneDownloads(): Promise<boolean> {
  return attempt('The list was not cleared.', () => api.downloads.clearDone.mutate());
}
