import { ImpetusError } from '@impetus/contracts';
import type { HubClient } from '@impetus/hub';
import type { OriginRecord } from '../models/types.ts';
import type { Digests } from './digest/digests.ts';
import { fetchFile } from './fetch-file.ts';
import { hubLocator } from './locator.ts';
import { moveInto, partBase, requireParts, sizeOf, targetOf } from './place.ts';
import type { StoredDownload, StoredFile } from './store.ts';
import type { RangeClient } from './transfer/open-range.ts';
import { PartFile } from './transfer/part-file.ts';
import type { TokenBucket } from './transfer/token-bucket.ts';

export interface RunDownloadOptions {
  readonly download: StoredDownload;
  readonly modelsFolder: string;
  readonly hub: HubClient;
  readonly ranges: RangeClient;
  readonly bucket: TokenBucket;
  readonly digests: Digests;
  readonly mostConnections: () => number;
  readonly signal: AbortSignal;
  readonly on: {
    readonly file: (index: number) => void;
    readonly bytes: (bytes: number) => void;
    readonly verified: (index: number, bytes: number) => void;
    readonly connections: (count: number) => void;
    readonly finishing: () => void;
  };
}

/** Brings all files of a download into the library. Answers where they came from, and where the first one is. */
export async function runDownload(
  options: RunDownloadOptions,
): Promise<{ readonly origins: readonly OriginRecord[]; readonly path: string }> {
  const { download, modelsFolder, on, signal } = options;
  const digests: string[] = [];
  const fetched: number[] = [];
  for (const [index, file] of download.files.entries()) {
    signal.throwIfAborted();
    on.file(index);
    const inPlace = await digestInPlace(options, file);
    if (inPlace === null) fetched.push(index);
    digests.push(inPlace ?? (await fetchPart(options, index, file)));
    on.verified(index, file.sizeBytes);
  }
  on.finishing();
  signal.throwIfAborted();
  await requireParts(modelsFolder, download.id);
  await moveAll(options, fetched);
  const origins = download.files.map(({ path }, index) => ({
    sha256: digests[index] ?? '',
    repo: download.repo,
    revision: download.revision,
    file: path,
    licence: download.licence,
  }));
  return { origins, path: targetOf(modelsFolder, download.repo, download.files[0]?.path ?? '') };
}

/**
 * The digest of a file that is in its place already: the same file is not fetched twice, and another one is not
 * written over. Null where there is none.
 */
async function digestInPlace(options: RunDownloadOptions, file: StoredFile): Promise<string | null> {
  const { download, modelsFolder, digests, signal } = options;
  const target = targetOf(modelsFolder, download.repo, file.path);
  const size = await sizeOf(target);
  if (size === null) return null;
  const sha256 = size === file.sizeBytes ? await digests.of(target, size, signal) : '';
  if (sha256 !== '' && (file.sha256 === null || sha256 === file.sha256)) return sha256;
  throw new ImpetusError(
    'conflict',
    `The library has another file at ${target}. Move it away or remove it, then try again.`,
  );
}

async function fetchPart(options: RunDownloadOptions, index: number, file: StoredFile): Promise<string> {
  const { download, modelsFolder, hub, ranges, on } = options;
  const wanted = { ...file, repo: download.repo, revision: download.revision };
  await using part = await PartFile.open(partBase(modelsFolder, download.id, index), {
    version: 1,
    repo: wanted.repo,
    revision: wanted.revision,
    path: wanted.path,
    size: wanted.sizeBytes,
    sha256: wanted.sha256,
  });
  return await fetchFile({
    part,
    locator: hubLocator(hub, wanted),
    client: ranges,
    bucket: options.bucket,
    digests: options.digests,
    mostConnections: options.mostConnections,
    signal: options.signal,
    onBytes: on.bytes,
    onVerified: (bytes) => on.verified(index, bytes),
    onConnections: on.connections,
    onFinishing: on.finishing,
  });
}

/** The first part of a split last: until it is there, nobody takes the others for a model. */
async function moveAll(options: RunDownloadOptions, fetched: readonly number[]): Promise<void> {
  const { download, modelsFolder } = options;
  for (const index of fetched.toReversed()) {
    const file = download.files[index] as StoredFile;
    const from = `${partBase(modelsFolder, download.id, index)}.part`;
    const isMoved = await moveInto(modelsFolder, from, targetOf(modelsFolder, download.repo, file.path));
    // Somebody put a file there meanwhile: the same one will do, and another one is not written over.
    if (!isMoved) await digestInPlace(options, file);
  }
}
