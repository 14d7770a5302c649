import { ImpetusError, type Download, type DownloadWait } from '@impetus/contracts';

/** One line of a pull, as Ollama's clients show it. */
export interface PullStatus {
  readonly status: string;
  readonly digest?: string;
  readonly total?: number;
  readonly completed?: number;
}

export const begun: PullStatus = { status: 'pulling manifest' };
export const success: PullStatus = { status: 'success' };

const waits: Readonly<Record<DownloadWait, string>> = {
  retry: 'waiting to try again',
  window: 'waiting for the time in which downloads may run',
  mains: 'waiting for mains power',
  disk: 'waiting for room on the disk',
  folder: 'waiting for the disk of the models',
};

/**
 * What has to be told of a download that stands thus. `digests`: what each file hashes to, by its path, which is how
 * clients tell one file from another. Throws where the download cannot go on.
 */
export function statusesOf(download: Download, digests: ReadonlyMap<string, string>): readonly PullStatus[] {
  switch (download.state) {
    case 'failed':
      throw failure(download);
    case 'done':
      return [
        ...files(download, digests),
        { status: 'verifying sha256 digest' },
        { status: 'writing manifest' },
      ];
    case 'finishing':
      return [...files(download, digests), { status: 'verifying sha256 digest' }];
    case 'downloading':
      return files(download, digests);
    case 'paused':
      return [{ status: 'paused by the owner' }];
    case 'queued':
      return [{ status: 'waiting for other downloads' }];
    case 'waiting':
      return [{ status: download.waitsFor === null ? 'waiting' : waits[download.waitsFor] }];
  }
}

function files({ files: all }: Download, digests: ReadonlyMap<string, string>): readonly PullStatus[] {
  return all
    .filter(({ state }) => state !== 'queued')
    .map(({ path, sizeBytes, doneBytes }) => ({
      status: `pulling ${path.slice(path.lastIndexOf('/') + 1)}`,
      digest: digests.get(path) ?? path,
      total: sizeBytes,
      completed: doneBytes,
    }));
}

function failure({ error, name }: Download): ImpetusError {
  return error === null
    ? new ImpetusError('internal', `The download of ${name} failed.`)
    : ImpetusError.fromWire(error);
}
