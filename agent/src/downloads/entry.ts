import type {
  Download,
  DownloadFile,
  DownloadProgress,
  DownloadState,
  DownloadWait,
} from '@impetus/contracts';
import type { DiskClaim } from '../models/types.ts';
import type { StoredDownload } from './store.ts';
import { Rate } from './transfer/rate.ts';

/** A run of a download that is under way. */
export interface Run {
  readonly controller: AbortController;
  /** Settles when nothing of it is left; never rejects. */
  ended: Promise<void>;
}

/** A download in memory: what is stored of it, and what it does just now. */
export interface Entry {
  stored: StoredDownload;
  run: Run | null;
  claim: DiskClaim | null;
  /** Of each file: on the disk and proven. Never less than what was shown before. */
  doneBytes: number[];
  /** The file that is fetched, and whether its end is being checked. */
  current: number | null;
  finishing: boolean;
  connections: number;
  failures: number;
  /** In milliseconds of the clock. */
  retryAt: number | null;
  /** What of the disk it waits for. */
  blockedBy: 'disk' | 'folder' | null;
  readonly rate: Rate;
}

export function newEntry(stored: StoredDownload): Entry {
  return {
    stored,
    run: null,
    claim: null,
    doneBytes: stored.files.map(({ shownBytes }) => shownBytes),
    current: null,
    finishing: false,
    connections: 0,
    failures: 0,
    retryAt: null,
    blockedBy: null,
    rate: new Rate(),
  };
}

export function sizeOfAll({ stored }: Entry): number {
  return stored.files.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}

export function doneOfAll({ doneBytes }: Entry): number {
  return doneBytes.reduce((total, bytes) => total + bytes, 0);
}

export function placed(entry: Entry) {
  const { id, priority, position } = entry.stored;
  return { entry, id, priority, position };
}

/** What keeps downloads from running at all. */
export type Closed = Extract<DownloadWait, 'window' | 'mains'> | null;

export function toDownload(entry: Entry, closed: Closed, now: number): Download {
  const { stored } = entry;
  return {
    id: stored.id,
    repo: stored.repo,
    revision: stored.revision,
    key: stored.key,
    quant: stored.quant,
    name: stored.name,
    ...stateOf(entry, closed),
    priority: stored.priority,
    files: stored.files.map((_, index) => toFile(entry, index)),
    sizeBytes: sizeOfAll(entry),
    doneBytes: doneOfAll(entry),
    ...speedOf(entry, now),
    failures: entry.failures,
    retryAt: entry.retryAt === null ? null : new Date(entry.retryAt).toISOString(),
    error: stored.error,
    addedAt: stored.addedAt,
    finishedAt: stored.finishedAt,
    modelId: stored.modelId,
  };
}

export function toProgress(entry: Entry, now: number): DownloadProgress {
  return {
    id: entry.stored.id,
    doneBytes: doneOfAll(entry),
    ...speedOf(entry, now),
    fileDoneBytes: [...entry.doneBytes],
  };
}

function stateOf(
  entry: Entry,
  closed: Closed,
): { readonly state: DownloadState; readonly waitsFor: DownloadWait | null } {
  const { stored, run, finishing } = entry;
  if (stored.state !== 'queued') return { state: stored.state, waitsFor: null };
  if (run !== null) return { state: finishing ? 'finishing' : 'downloading', waitsFor: null };
  if (entry.blockedBy !== null) return { state: 'waiting', waitsFor: entry.blockedBy };
  if (entry.retryAt !== null) return { state: 'waiting', waitsFor: 'retry' };
  return closed === null ? { state: 'queued', waitsFor: null } : { state: 'waiting', waitsFor: closed };
}

function toFile(entry: Entry, index: number): DownloadFile {
  const { path = '', sizeBytes = 0 } = entry.stored.files[index] ?? {};
  const done = entry.stored.state === 'done' || (entry.current !== null && index < entry.current);
  const running = entry.run !== null && index === entry.current;
  return {
    path,
    sizeBytes,
    doneBytes: entry.doneBytes[index] ?? 0,
    state: done ? 'done' : running ? (entry.finishing ? 'finishing' : 'downloading') : 'queued',
  };
}

function speedOf(
  entry: Entry,
  now: number,
): Pick<Download, 'bytesPerSecond' | 'secondsLeft' | 'connections'> {
  const rate = entry.run === null ? null : entry.rate.at(now);
  const left = sizeOfAll(entry) - doneOfAll(entry);
  return {
    bytesPerSecond: rate === null ? null : Math.round(rate),
    secondsLeft: rate === null || rate <= 0 ? null : Math.ceil(left / rate),
    connections: entry.connections,
  };
}
