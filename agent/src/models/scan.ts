import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig, type ConfigFacts } from '@impetus/formats';
import type { Log } from '../log/types.ts';
import { toFacts, type ModelFacts } from './entry.ts';
import type { FileMemory } from './files/file-memory.ts';
import { identityOf } from './files/stamp.ts';
import type { HeaderFacts } from './files/types.ts';
import { assignIds } from './ids.ts';
import type { RememberedIds } from './remembered-ids.ts';
import { noFinds, type FoundModel, type Source } from './sources/types.ts';

/** A model of the library with all that the disk tells of it. */
export interface KnownModel {
  readonly id: string;
  readonly found: FoundModel;
  readonly facts: ModelFacts;
  readonly header: HeaderFacts | null;
}

export interface Scan {
  readonly models: ReadonlyMap<string, KnownModel>;
  readonly visited: readonly string[];
  /** Links to folders, which were not followed, by the watched folder that they are in. */
  readonly linkedFolders: ReadonlyMap<string, readonly string[]>;
}

export interface ScanOptions {
  readonly sources: readonly Source[];
  readonly memory: FileMemory;
  readonly ids: RememberedIds;
  readonly log: Log;
}

/** Reads all sources, one after the other, and gives each model its id. */
export async function scan({ sources, memory, ids, log }: ScanOptions): Promise<Scan> {
  const found: FoundModel[] = [];
  const visited: string[] = [];
  const linkedFolders = new Map<string, readonly string[]>();
  const paths = new Set<string>();
  for (const source of sources) {
    const finds = await source
      .find((file) => memory.look(file))
      .catch((error: NodeJS.ErrnoException) => {
        log.warn({ folder: source.folder, err: error.code ?? error.message }, 'a folder could not be read');
        return noFinds;
      });
    visited.push(...finds.visited);
    linkedFolders.set(source.folder, finds.linkedFolders);
    for (const model of finds.models) {
      // One folder may lie in another: the first to find a model has it.
      if (paths.has(pathOf(model))) continue;
      paths.add(pathOf(model));
      found.push(model);
    }
  }
  const assigned = assignIds(found.map(toCandidate), ids.list());
  const models = new Map<string, KnownModel>();
  for (const [index, model] of found.entries()) {
    const id = assigned[index] ?? '';
    models.set(id, await know(id, model, memory));
  }
  await memory.keep();
  return { models, visited, linkedFolders };
}

/** Where a model is, as it is remembered: by its first file, since one folder may hold a model in two formats. */
export function pathOf({ files, folder, wanted }: FoundModel): string {
  return files[0]?.path ?? join(folder, wanted[0] ?? '');
}

function toCandidate(model: FoundModel) {
  const [first] = model.files;
  return {
    path: pathOf(model),
    identity: first === undefined ? null : identityOf(first),
    wanted: model.wanted,
  };
}

async function know(id: string, found: FoundModel, memory: FileMemory): Promise<KnownModel> {
  const looks = await Promise.all(found.files.map((file) => memory.look(file)));
  for (const file of found.files) {
    const hash = found.hashes.get(file.path);
    if (hash !== undefined) await memory.keepHash(file, hash);
  }
  const config = found.wholeFolder === null ? null : await configIn(found.wholeFolder);
  return { id, found, facts: toFacts(found, id, { looks, config }), header: looks[0]?.facts ?? null };
}

const mostConfigBytes = 256 * 1024;

async function configIn(folder: string): Promise<ConfigFacts | null> {
  try {
    await using file = await open(join(folder, 'config.json'));
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(mostConfigBytes), position: 0 });
    return readConfig(buffer.toString('utf8', 0, bytesRead));
  } catch {
    return null;
  }
}
