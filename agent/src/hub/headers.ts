import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import { describeGguf, fileSource, GgufError, readGgufHeader, type GgufDescription } from '@impetus/gguf';
import type { HubClient } from '@impetus/hub';
import type { KvShape } from '../models/types.ts';
import { asking } from './errors.ts';
import type { RepoQuant } from './quants.ts';
import { fetchHeader, keptHeader } from './remote-header.ts';

/** A model on the Hub, as far as its headers tell, in the form that local ones have. */
export interface RemoteModel {
  readonly entry: ModelEntry;
  readonly shape: KvShape;
}

export interface RemoteQuant {
  readonly repo: string;
  readonly revision: string;
  readonly quant: RepoQuant;
}

/** Parts of a model whose headers are fetched at once. */
const atOnce = 4;
const mostKept = 40;

/** Headers of models on the Hub, kept by their content while the agent runs, so that each is fetched once. */
export class RemoteHeaders {
  readonly #client: HubClient;
  readonly #folder: string;
  readonly #known = new Map<string, Promise<RemoteModel>>();

  constructor(client: HubClient, folder: string) {
    this.#client = client;
    this.#folder = folder;
  }

  /** What an earlier run left is not used any more. */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  of(remote: RemoteQuant): Promise<RemoteModel> {
    const key = keyOf(remote);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(remote, join(this.#folder, key)).catch((error: unknown) => {
      this.#known.delete(key);
      throw error;
    });
    this.#known.set(key, reading);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) {
      this.#known.delete(oldest);
      // What cannot be removed goes with the folder at the next start.
      void rm(join(this.#folder, oldest), { recursive: true, force: true }).catch(() => {});
    }
    return reading;
  }

  async #read({ repo, revision, quant }: RemoteQuant, folder: string): Promise<RemoteModel> {
    const paths: string[] = [];
    try {
      for (let first = 0; first < quant.files.length; first += atOnce) {
        const group = quant.files.slice(first, first + atOnce).map(async (file) => {
          const wanted = { ...file, repo, revision };
          const kept = await keptHeader(wanted, folder);
          return kept ?? (await asking(() => fetchHeader(this.#client, wanted, folder))).path;
        });
        paths.push(...(await Promise.all(group)));
      }
      await using source = await fileSource(paths[0] ?? '');
      return toModel({ repo, revision, quant }, paths, describeGguf(await readGgufHeader(source)));
    } catch (error) {
      if (!(error instanceof GgufError)) throw error;
      throw new ImpetusError(
        'model_unusable',
        `${quant.name} is no GGUF file that can be used. ${error.message}`,
      );
    }
  }
}

/** By what is in the files; where the Hub does not say, by where they are. */
function keyOf({ repo, revision, quant }: RemoteQuant): string {
  const names = quant.files.map(({ path, sha256, sizeBytes }) => sha256 ?? [repo, revision, path, sizeBytes]);
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32);
}

function toModel(
  { repo, revision, quant }: RemoteQuant,
  paths: readonly string[],
  description: GgufDescription,
): RemoteModel {
  const { kind } = description;
  const [path = ''] = paths;
  return {
    entry: {
      id: `${repo}:${quant.key}`,
      name: quant.name,
      kind:
        kind === 'chat' || kind === 'completion' || kind === 'embedding' || kind === 'rerank'
          ? kind
          : 'other',
      format: 'gguf',
      source: 'folder',
      folder: '',
      path,
      files: quant.files,
      missing: quant.missing,
      sizeBytes: quant.sizeBytes,
      modifiedAt: new Date(0).toISOString(),
      architecture: description.architecture ?? null,
      family: null,
      parameters: description.parameterCount || null,
      quant: description.quant ?? quant.quant,
      contextLength: description.contextLength ?? null,
      licence: description.license ?? null,
      capabilities: [],
      origin: { repo, revision },
      sha256: null,
      duplicates: [],
      problem: null,
      whatToDo: null,
      removable: false,
      aliases: [],
      tags: [],
      favourite: false,
      notes: '',
    },
    shape: {
      blockCount: description.blockCount ?? null,
      headCountKv: description.headCountKv ?? null,
      keyLength: description.keyLength ?? null,
      valueLength: description.valueLength ?? null,
    },
  };
}
