import type { ModelEntry } from '@impetus/contracts';
import type { GgufDescription } from '@impetus/gguf';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import { difference } from './difference.ts';
import { toFacts, type ModelFacts } from './entry.ts';
import { inspect, type Inspection } from './inspect.ts';
import { resolveModel, unknownModel, type Names } from './resolve.ts';
import { scanFolder, type FoundModel } from './scan.ts';
import type { ModelCatalogue, ModelSettingsStore } from './types.ts';
import { watchFolder } from './watch.ts';

export interface CatalogueOptions {
  readonly modelsFolder: string;
  /** The agent's own model; it is always in the list. */
  readonly sample: FoundModel;
  readonly settings: Pick<ModelSettingsStore, 'get' | 'modelOf'>;
  readonly defaultModel: () => string | null;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly log: Log;
}

interface KnownModel {
  readonly facts: ModelFacts;
  readonly description: GgufDescription | null;
}

/** Reads the folders and keeps the list true to them, and to the aliases, from then on. */
export async function createCatalogue(options: CatalogueOptions): Promise<ModelCatalogue> {
  const { modelsFolder, sample, settings, defaultModel, bus, feed, log } = options;
  let models: ReadonlyMap<string, KnownModel> = new Map();
  let entries: ReadonlyMap<string, ModelEntry> = new Map();
  let last: Promise<void> = Promise.resolve();
  const names: Names = {
    exists: (id) => models.has(id),
    modelOf: (alias) => settings.modelOf(alias),
    defaultModel,
  };

  async function read(): Promise<void> {
    const found = await scanFolder(modelsFolder);
    const known = new Map([[sample.id, await know(sample, 'sample')]]);
    for (const model of found) {
      // One after the other: headers are small, and a spinning disk dislikes crowds.
      const entry = await know(model, 'folder').catch((error: NodeJS.ErrnoException) => {
        log.warn({ model: model.id, code: error.code ?? error.message }, 'model vanished while it was read');
      });
      if (entry !== undefined && !known.has(model.id)) known.set(model.id, entry);
    }
    models = known;
    listAgain();
  }

  /** Tells the screens what is another than before. */
  function listAgain(): void {
    const before = entries;
    entries = new Map([...models].map(([id, { facts }]) => [id, { ...facts, aliases: aliasesOf(id) }]));
    const { changed, removed } = difference(before, entries);
    if (changed.length > 0 || removed.length > 0) feed.publish({ type: 'models', changed, removed });
  }

  /** Those that reach the model: a file that came later may have one of them as its id. */
  function aliasesOf(id: string): string[] {
    return settings.get(id).aliases.filter((alias) => resolveModel(alias, names) === id);
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
  const listening = bus.on('model-settings-changed', listAgain);
  const watcher = watchFolder(modelsFolder, () => {
    rescan().catch((error: Error) => log.warn({ err: error.message }, 'models folder could not be read'));
  });

  return {
    list: () => [...entries.values()],
    find: (name) => entries.get(resolveModel(name, names) ?? ''),
    require: (name) => entries.get(require(name)) as ModelEntry,
    kvShape(name) {
      const description = models.get(require(name))?.description;
      return {
        blockCount: description?.blockCount ?? null,
        headCountKv: description?.headCountKv ?? null,
        keyLength: description?.keyLength ?? null,
        valueLength: description?.valueLength ?? null,
      };
    },
    rescan,
    async [Symbol.asyncDispose]() {
      listening[Symbol.dispose]();
      watcher[Symbol.dispose]();
      await last.catch(() => {});
    },
  };
}

async function know(model: FoundModel, source: ModelEntry['source']): Promise<KnownModel> {
  const inspection: Inspection = await inspect(model);
  return { facts: toFacts(model, inspection, source), description: inspection.description };
}
