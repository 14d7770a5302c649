import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ImpetusError,
  type AgentSettings,
  type ModelDetail,
  type ModelFolder,
  type ReclaimReport,
  type RemovalPlan,
  type RemovalResult,
} from '@impetus/contracts';
import type { Metadata } from '@impetus/gguf';
import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';
import type { Bin } from '../platform/bin/index.ts';
import { diskSpace } from '../platform/disk-space.ts';
import { metadataOf, readMetadata } from './detail.ts';
import { bytesOnDisk, findReclaimable, isLink } from './reclaim.ts';
import { planRemoval } from './removal/plan.ts';
import { Remover } from './removal/remover.ts';
import { sourcesOf, type Places } from './sources/index.ts';
import type { Library, ModelCatalogue } from './types.ts';

/** Plans that were shown and not carried out; the oldest goes when there are more. */
const mostPlans = 50;

export interface StoredLibraryOptions {
  readonly db: Db;
  readonly catalogue: ModelCatalogue;
  readonly places: Places;
  readonly settings: () => AgentSettings;
  readonly bin: Bin;
  /** Folders in which uploads and downloads are kept until they are whole. */
  readonly unfinished: readonly string[];
  readonly promptCacheFolder: string;
  readonly isLoaded: (modelId: string) => boolean;
}

/** What the owner can ask of the library beyond its list. */
export class StoredLibrary implements Library {
  readonly #options: StoredLibraryOptions;
  readonly #remover: Remover;
  readonly #plans = new Map<string, readonly string[]>();

  constructor(options: StoredLibraryOptions) {
    this.#options = options;
    this.#remover = new Remover(options);
  }

  async detail(id: string): Promise<ModelDetail> {
    const { catalogue } = this.#options;
    const model = catalogue.require(id);
    const { blockCount, headCountKv, keyLength, valueLength } = catalogue.kvShape(model.id);
    const perToken = (blockCount ?? 0) * (headCountKv ?? 0) * ((keyLength ?? 0) + (valueLength ?? 0)) * 2;
    return {
      model,
      chatTemplate: await catalogue.chatTemplate(model.id),
      metadata: model.format === 'gguf' ? await metadataOf(model.path) : [],
      sourceFacts: catalogue.found(model.id).facts,
      lastUsedAt: (await this.#lastUsed()).get(model.id) ?? null,
      kvBytesPerToken: perToken || null,
      blockCount,
    };
  }

  async metadata(id: string, { arrays }: { readonly arrays: boolean }): Promise<Metadata> {
    const { format, path } = this.#options.catalogue.require(id);
    return format === 'gguf' ? readMetadata(path, arrays ? Infinity : 0) : new Map();
  }

  async folders(): Promise<readonly ModelFolder[]> {
    const { catalogue, places, settings } = this.#options;
    const entries = catalogue.list();
    const sources = sourcesOf(places, settings());
    return Promise.all(
      sources.map(async ({ folder, source }) => {
        const own = entries.filter((entry) => entry.folder === folder);
        const stats = await stat(folder).catch(() => null);
        return {
          path: folder,
          source,
          main: folder === places.modelsFolder,
          writable: source === 'folder',
          present: stats?.isDirectory() === true,
          models: own.length,
          sizeBytes: bytesOnDisk(own.map(({ id }) => catalogue.found(id))),
          freeBytes: (await diskSpace(folder))?.freeBytes ?? null,
          linkedFolders: catalogue.linkedFolders(folder),
        };
      }),
    );
  }

  async reclaim(unusedDays: number): Promise<ReclaimReport> {
    const { catalogue, unfinished, promptCacheFolder } = this.#options;
    const entries = catalogue.list();
    const folders = await this.folders();
    const found = findReclaimable({
      entries,
      links: new Set(entries.map(({ id }) => id).filter((id) => isLink(catalogue.found(id)))),
      lastUsed: await this.#lastUsed(),
      unusedDays,
      now: new Date(),
    });
    const partials = (await Promise.all(unfinished.map(filesIn))).flat();
    const cached = await filesIn(promptCacheFolder);
    return {
      ...found,
      folders,
      totalBytes: bytesOnDisk(entries.map(({ id }) => catalogue.found(id))),
      unusedDays,
      partials,
      promptCacheBytes: cached.reduce((sum, { bytes }) => sum + bytes, 0),
      unhashed: catalogue.unhashed(),
    };
  }

  async planRemoval(ids: readonly string[]): Promise<RemovalPlan> {
    const { catalogue, bin, isLoaded } = this.#options;
    const entries = [...new Set(ids.map((id) => catalogue.require(id)))];
    const plan = await planRemoval({
      entries,
      taken: catalogue.list().flatMap(({ files }) => files.map(({ path }) => path)),
      foundOf: (id) => catalogue.found(id),
      isLoaded,
      reachesBin: (path) => bin.reaches(path),
    });
    this.#plans.set(
      plan.token,
      entries.map(({ id }) => id),
    );
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > mostPlans && oldest !== undefined) this.#plans.delete(oldest);
    return plan;
  }

  async planOf(token: string): Promise<RemovalPlan> {
    const { catalogue } = this.#options;
    const ids = this.#plans.get(token);
    if (ids === undefined || ids.some((id) => catalogue.find(id) === undefined)) throw changed();
    const plan = await this.planRemoval(ids);
    if (plan.token !== token) throw changed();
    return plan;
  }

  async remove(token: string): Promise<RemovalResult> {
    const plan = await this.planOf(token);
    const going = plan.models.filter(({ refusal }) => refusal === null);
    const [refused] = plan.models;
    if (going.length === 0 && refused !== undefined) {
      throw new ImpetusError('forbidden', `${refused.name} cannot be removed. ${refused.refusal}`);
    }
    const loaded = going.find((model) => model.loaded);
    if (loaded !== undefined) {
      throw new ImpetusError(
        'conflict',
        `${loaded.name} is loaded. Unload it first, or choose to unload and remove it.`,
      );
    }
    const roots = new Map(
      plan.models.map(({ id }) => [id, this.#options.catalogue.require(id).folder] as const),
    );
    this.#plans.delete(token);
    try {
      return await this.#remover.carryOut(plan, (id) => roots.get(id) ?? '/');
    } finally {
      await this.#options.catalogue.rescan();
    }
  }

  async restore(undo: string): Promise<void> {
    await this.#remover.restore(undo);
    await this.#options.catalogue.rescan();
  }

  async #lastUsed(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#options.db
      .selectFrom('requests')
      .select(['model_id', sql<string>`max(ended_at)`.as('last')])
      .groupBy('model_id')
      .execute();
    return new Map(rows.map(({ model_id: id, last }) => [id, last]));
  }
}

function changed(): ImpetusError {
  return new ImpetusError(
    'conflict',
    'What would be removed has changed since it was shown. Look at it again before you remove it.',
  );
}

async function filesIn(
  folder: string,
): Promise<readonly { readonly path: string; readonly bytes: number }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, bytes: (await stat(path).catch(() => null))?.size ?? 0 };
    }),
  );
}
