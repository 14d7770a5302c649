import type { AddDownload, Download, DownloadPriority, DownloadSettings } from '@impetus/contracts';

/** Whether the computer runs on mains power; null where nobody can tell, which keeps nothing from running. */
export interface PowerSource {
  onMains(): boolean | null;
}

/** Models on their way into the library. Whatever it answers is kept before it does. */
export interface Downloads extends AsyncDisposable {
  /** In the order in which they run; those that ended come last, newest first. */
  list(): readonly Download[];
  /** Joins one of the same files that is under way. Throws `disk_full` where there is no room for it. */
  add(input: AddDownload): Promise<Download>;
  pause(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  /** Takes what was fetched off the disk; of one that ended, only the entry goes. */
  cancel(id: string): Promise<void>;
  /** Tries one that failed or waits again now, with all that was proven. */
  retry(id: string): Promise<void>;
  move(id: string, before: string | null): Promise<void>;
  prioritise(id: string, priority: DownloadPriority): Promise<void>;
  pauseAll(): Promise<void>;
  resumeAll(): Promise<void>;
  /** Takes those that are in the library off the list. */
  clearDone(): Promise<void>;
  settings(): DownloadSettings;
  updateSettings(changes: Partial<DownloadSettings>): Promise<DownloadSettings>;
}
