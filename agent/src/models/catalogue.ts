import type { ModelEntry } from '@impetus/contracts';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import { adoptions } from './adoptions.ts';
import { difference } from './difference.ts';
import { contentOf, duplicatesOf } from './duplicates.ts';
import type { FileMemory } from './files/file-memory.ts';
import { gathered } from '../platform/gathered.ts';
import { Hasher } from './files/hasher.ts';
import { identityOf, stampOf } from './files/stamp.ts';
import type { FileStamp } from './files/types.ts';
import type { StoredMarks } from './marks/stored-marks.ts';
import type { StoredOrigins } from './origins.ts';
import type { RememberedIds } from './remembered-ids.ts';
import { resolveModel, unknownModel, type Names } from './resolve.ts';
import { pathOf, scan, type KnownModel } from './scan.ts';
import type { Source } from './sources/types.ts';
import type { ModelCatalogue, ModelSettingsStore } from './types.ts';
import { watchFolders } from './watch.ts';

export interface CatalogueOptions {
  /** Where models are looked for now. */
  readonly sources: () => readonly Source[];
  readonly memory: FileMemory;
  readonly ids: RememberedIds;
  readonly marks: StoredMarks;
  readonly origins: StoredOrigins;
  readonly settings: Pick<ModelSettingsStore, 'get' | 'modelOf' | 'has' | 'move'>;
  readonly defaultModel: () => string | null;
  /** True while models answer: what can wait does. */
  readonly busy: () => boolean;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly log: Log;
}

const hashesToldMs = 500;

/** Reads the folders and keeps the list true to them, and to what the owner wrote, from then on. */
export async function createCatalogue(options: CatalogueOptions): Promise<ModelCatalogue> {
  const { memory, ids, marks, origins, settings, defaultModel, bus, feed, log } = options;
  let models: ReadonlyMap<string, KnownModel> = new Map();
  let entries: ReadonlyMap<string, ModelEntry> = new Map();
  let linkedFolders: ReadonlyMap<string, readonly string[]> = new Map();
  let last: Promise<void> = Promise.resolve();
  /** Until then nothing is hashed: the agent is to be ready first. */
  let ready = false;
  const names: Names = {
    exists: (id) => models.has(id),
    modelOf: (alias) => settings.modelOf(alias),
    defaultModel,
  };
  /** A first start hashes a whole library: the screens hear of it in bundles. */
  const hashes = gathered(hashesToldMs, () => void takeHashes());
  const hasher = new Hasher({
    log,
    busy: options.busy,
    onHash: (file, sha256) => {
      memory.keepHash(file, sha256).then(
        () => hashes.ask(),
        (error: Error) => log.warn({ err: error.message }, 'a hash was not kept'),
      );
    },
  });
  const watcher = watchFolders(() => {
    rescan().catch((error: Error) => log.warn({ err: error.message }, 'the folders could not be read'));
  });

  async function read(): Promise<void> {
    const sources = options.sources();
    const seen = await scan({ sources, memory, ids, log });
    models = seen.models;
    linkedFolders = seen.linkedFolders;
    await remember();
    listAgain();
    watcher.watch(
      sources.map(({ folder }) => folder),
      seen.visited,
    );
    if (ready) hasher.want(unhashed());
  }

  /** Tells the screens what is another than before. */
  function listAgain(): void {
    const before = entries;
    const duplicates = duplicatesOf([...models.values()].map(toContent));
    entries = new Map([...models].map(([id, known]) => [id, toEntry(known, duplicates.get(id) ?? [])]));
    const { changed, removed } = difference(before, entries);
    if (changed.length > 0 || removed.length > 0) feed.publish({ type: 'models', changed, removed });
  }

  function toEntry({ id, found, facts }: KnownModel, duplicates: readonly string[]): ModelEntry {
    const files = found.files.map((file) => ({
      path: file.path,
      sizeBytes: file.sizeBytes,
      sha256: memory.hashOf(file),
    }));
    const sha256 = files.length === 1 ? (files[0]?.sha256 ?? null) : null;
    const origin = origins.of(files[0]?.sha256 ?? null);
    const { name, ...written } = marks.get(id);
    return {
      id,
      ...facts,
      name: name ?? facts.name,
      origin: origin === null ? facts.origin : { repo: origin.repo, revision: origin.revision },
      licence: facts.licence ?? origin?.licence ?? null,
      files,
      sha256,
      duplicates,
      aliases: aliasesOf(id),
      ...written,
    };
  }

  function toContent({ id, found }: KnownModel) {
    return { id, content: contentIn(found.files), identities: found.files.map(identityOf) };
  }

  function contentIn(files: readonly FileStamp[]): string | null {
    return contentOf(files.map((file) => memory.hashOf(file)));
  }

  /** Those that reach the model: a file that came later may have one of them as its id. */
  function aliasesOf(id: string): string[] {
    return settings.get(id).aliases.filter((alias) => resolveModel(alias, names) === id);
  }

  /** Keeps which id each model has, and gives what was written about a model that moved to where it is now. */
  async function remember(): Promise<void> {
    const before = ids.list();
    const rows = [...models.values()].map(({ id, found }) => ({
      id,
      path: pathOf(found),
      identity: found.files[0] === undefined ? null : identityOf(found.files[0]),
      content: contentIn(found.files),
    }));
    const isWritten = (id: string) => settings.has(id) || marks.has(id);
    for (const { from, to } of adoptions(rows, before, isWritten)) {
      await settings.move(from, to);
      await marks.move(from, to);
      log.info({ from, to }, 'A model is back under another name; what was written about it went along.');
    }
    await ids.keep(rows);
  }

  async function takeHashes(): Promise<void> {
    await remember().catch((error: Error) => log.warn({ err: error.message }, 'ids were not kept'));
    listAgain();
  }

  /** Files whose hash nobody knows; those that may have a twin come first. */
  function unhashed(): readonly FileStamp[] {
    const files = [...models.values()].flatMap(({ found }) => found.files);
    const sizes = Map.groupBy(files, ({ sizeBytes }) => sizeBytes);
    const isLone = ({ sizeBytes }: FileStamp) => Number(sizes.get(sizeBytes)?.length === 1);
    return files
      .filter((file) => memory.hashOf(file) === null)
      .toSorted((a, b) => isLone(a) - isLone(b) || a.sizeBytes - b.sizeBytes);
  }

  /** One after the other, so that the list never goes back to an older state of the disk. */
  function rescan(): Promise<void> {
    last = last.catch(() => {}).then(read);
    return last;
  }

  function require(name: string): string {
    const id = resolveModel(name, names);
    if (id === undefined) throw unknownModel(name, names);
    return id;
  }

  await rescan();
  const listening = [
    bus.on('agent-ready', () => {
      ready = true;
      hasher.want(unhashed());
    }),
    bus.on('model-settings-changed', listAgain),
    bus.on('agent-settings-changed', () => void rescan().catch(() => {})),
  ];

  return {
    list: () => [...entries.values()],
    find: (name) => entries.get(resolveModel(name, names) ?? ''),
    require: (name) => entries.get(require(name)) as ModelEntry,
    kvShape(name) {
      const header = models.get(require(name))?.header;
      return {
        blockCount: header?.blockCount ?? null,
        headCountKv: header?.headCountKv ?? null,
        keyLength: header?.keyLength ?? null,
        valueLength: header?.valueLength ?? null,
      };
    },
    found: (name) => (models.get(require(name)) as KnownModel).found,
    vocabularySize: (name) => models.get(require(name))?.header?.vocabularySize ?? null,
    chatTemplate: async (name) => {
      const path = entries.get(require(name))?.path;
      return path === undefined ? null : memory.chatTemplate(path);
    },
    async mark(modelIds, changes) {
      await marks.update(modelIds.map(require), changes);
      listAgain();
    },
    async learnHash(path, sha256) {
      const stamp = await stampOf(path);
      if (stamp === null) return;
      await memory.keepHash(stamp, sha256);
      await remember();
      listAgain();
    },
    linkedFolders: (folder) => linkedFolders.get(folder) ?? [],
    unhashed: () => hasher.left,
    rescan,
    async [Symbol.asyncDispose]() {
      for (const each of listening) each[Symbol.dispose]();
      watcher[Symbol.dispose]();
      hashes[Symbol.dispose]();
      await hasher[Symbol.asyncDispose]();
      await last.catch(() => {});
    },
  };
}
