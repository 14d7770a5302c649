import { z } from 'zod';
import type { WireError } from './errors.ts';
import { repoInput } from './hub.ts';

/**
 * `waiting`: for what `waitsFor` names; `finishing`: all bytes are there, the last are checked;
 * `done`: in the library.
 */
export const downloadStates = [
  'queued',
  'waiting',
  'downloading',
  'finishing',
  'paused',
  'done',
  'failed',
] as const;
export type DownloadState = (typeof downloadStates)[number];

/**
 * `retry`: a try failed, the next comes at `retryAt`; `window` and `mains`: the owner's conditions; `disk`: room;
 * `folder`: the disk of the models folder is not connected.
 */
export type DownloadWait = 'retry' | 'window' | 'mains' | 'disk' | 'folder';

export const downloadPriorities = ['high', 'normal', 'low'] as const;
export type DownloadPriority = (typeof downloadPriorities)[number];

export interface DownloadFile {
  /** In the repo. */
  readonly path: string;
  readonly sizeBytes: number;
  /** On the disk and proven. Never falls. */
  readonly doneBytes: number;
  readonly state: 'queued' | 'downloading' | 'finishing' | 'done';
}

/** One model on its way from the Hub into the library. Bytes, ISO 8601, bytes per second. */
export interface Download {
  readonly id: string;
  readonly repo: string;
  /** The commit that its files are pinned to. */
  readonly revision: string;
  /** The quant's key in its repo. */
  readonly key: string;
  readonly quant: string | null;
  readonly name: string;
  readonly state: DownloadState;
  readonly waitsFor: DownloadWait | null;
  readonly priority: DownloadPriority;
  readonly files: readonly DownloadFile[];
  readonly sizeBytes: number;
  /** On the disk and proven. Never falls while it lives, through a crash and a restart too. */
  readonly doneBytes: number;
  /** Over the last seconds; null while nothing comes. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** Requests that bring bytes now. */
  readonly connections: number;
  /** Tries that failed since something last came. */
  readonly failures: number;
  readonly retryAt: string | null;
  /** Why it failed, or why the last try did. */
  readonly error: WireError | null;
  readonly addedAt: string;
  readonly finishedAt: string | null;
  /** The model in the library, once it is there. */
  readonly modelId: string | null;
}

/** What moves while bytes come, for those downloads alone that moved. */
export interface DownloadProgress {
  readonly id: string;
  readonly doneBytes: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
  readonly connections: number;
  /** In the order of `files`. */
  readonly fileDoneBytes: readonly number[];
}

export const downloadIdInput = z.object({ id: z.string().min(1).max(64) });

/** `key`: a quant of the repo; absent: the recommended one. */
export const addDownloadInput = repoInput.extend({
  key: z.string().min(1).max(500).optional(),
  priority: z.enum(downloadPriorities).default('normal'),
});
export type AddDownloadInput = z.input<typeof addDownloadInput>;
export type AddDownload = z.output<typeof addDownloadInput>;

/** `before`: the download that it comes before; null puts it last. Order holds within one priority. */
export const moveDownloadInput = downloadIdInput.extend({ before: z.string().max(64).nullable() });
export const prioritiseDownloadInput = downloadIdInput.extend({ priority: z.enum(downloadPriorities) });

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, { error: 'A time is written HH:MM.' });

/** When downloads may run, by the agent's own clock; `until` earlier than `from` is on the next day. */
export const downloadWindowSchema = z.object({
  /** 0 is Sunday; the day on which it begins. */
  days: z.array(z.int().min(0).max(6)).min(1).max(7),
  from: clockTime,
  until: clockTime,
});
export type DownloadWindow = z.infer<typeof downloadWindowSchema>;

export const downloadSettingsSchema = z.object({
  /** Downloads that run at once. */
  atOnce: z.int().min(1).max(8),
  /** The most requests for one file; how many there are adapts to the link. */
  connectionsPerFile: z.int().min(1).max(16),
  /** For all together. */
  bytesPerSecond: z.int().min(10_000).max(100_000_000_000).nullable(),
  /** Empty: at any time. */
  windows: z.array(downloadWindowSchema).max(28),
  onlyOnMains: z.boolean(),
});
export type DownloadSettings = z.infer<typeof downloadSettingsSchema>;

export const defaultDownloadSettings: DownloadSettings = {
  atOnce: 2,
  connectionsPerFile: 8,
  bytesPerSecond: null,
  windows: [],
  onlyOnMains: false,
};

/** Only what is named changes. */
export const updateDownloadSettingsInput = downloadSettingsSchema.partial();
export type UpdateDownloadSettingsInput = z.infer<typeof updateDownloadSettingsInput>;
