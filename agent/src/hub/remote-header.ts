import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HubFile } from '@impetus/contracts';
import { readGgufHeader, type ByteSource, type GgufHeader } from '@impetus/gguf';
import { readBytes, resolveFile, type HubClient } from '@impetus/hub';

/** Most headers end before this; one with a very large vocabulary is asked for once more. */
const firstBytes = 4 * 1024 * 1024;
/** A header that does not end here is none. */
const mostBytes = 128 * 1024 * 1024;

export interface RemoteFile extends HubFile {
  readonly repo: string;
  readonly revision: string;
}

/**
 * Fetches the header of a GGUF on the Hub and puts it at the beginning of a file of the same length that takes no
 * room: whatever reads headers of local files reads this one too. Answers the header, and where the file is.
 */
export async function fetchHeader(
  client: HubClient,
  file: RemoteFile,
  folder: string,
  signal?: AbortSignal,
): Promise<{ readonly header: GgufHeader; readonly path: string }> {
  const { url } = await resolveFile(client, file, signal);
  const source = remoteSource(client, url, file.sizeBytes, signal);
  const header = await readGgufHeader(source);
  const path = join(folder, basename(file.path));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeSparse(path, source.start().subarray(0, header.dataOffset), file.sizeBytes);
  return { header, path };
}

/** The header of a file that was fetched before; null where it was not. */
export async function keptHeader(file: RemoteFile, folder: string): Promise<string | null> {
  const path = join(folder, basename(file.path));
  const found = await stat(path).catch(() => null);
  return found?.size === file.sizeBytes ? path : null;
}

/** The beginning of a remote file, of which more is fetched as it is read. */
function remoteSource(
  client: HubClient,
  url: string,
  size: number,
  signal: AbortSignal | undefined,
): ByteSource & { start(): Uint8Array } {
  let bytes = new Uint8Array();
  return {
    size,
    start: () => bytes,
    async read(offset, length) {
      const end = Math.min(size, offset + length);
      while (bytes.length < end && bytes.length < mostBytes) {
        const to = Math.min(size, Math.max(firstBytes, end, bytes.length * 2), mostBytes);
        const more = await readBytes(client, url, { from: bytes.length, to }, signal);
        if (more.length === 0) break;
        bytes = Buffer.concat([bytes, more]);
      }
      return bytes.subarray(offset, end);
    },
  };
}

async function writeSparse(path: string, start: Uint8Array, size: number): Promise<void> {
  const draft = `${path}.new`;
  try {
    await using file = await open(draft, 'w', 0o600);
    await file.write(start);
    await file.truncate(size);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await rename(draft, path);
}
