import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import type { GgufDescription } from '@impetus/gguf';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import { toEntry } from './entry.ts';
import { inspect, type Inspection } from './inspect.ts';
import { scanFolder, type FoundModel } from './scan.ts';
import type { ModelCatalogue } from './types.ts';
import { watchFolder } from './watch.ts';

export interface CatalogueOptions {
  readonly modelsFolder: string;
  /** The agent's own model; it is always in the list. */
  readonly sample: FoundModel;
  readonly feed: StateFeed;
  readonly log: Log;
}

interface KnownModel {
  readonly entry: ModelEntry;
  readonly description: GgufDescription | null;
}

/** Reads the folders and keeps the list true to them from then on. */
export async function createCatalogue(options: CatalogueOptions): Promise<ModelCatalogue> {
  const { modelsFolder, sample, feed, log } = options;
  let models: ReadonlyMap<string, KnownModel> = new Map();
  let last: Promise<void> = Promise.resolve();

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
    const changed = JSON.stringify(entries(known)) !== JSON.stringify(entries(models));
    models = known;
    if (changed) feed.publish({ type: 'models', models: entries(known) });
  }

  /** One after the other, so that the list never goes back to an older state of the disk. */
  function rescan(): Promise<void> {
    last = last.catch(() => {}).then(read);
    return last;
  }

  function require(id: string): KnownModel {
    const model = models.get(id);
    if (model !== undefined) return model;
    throw new ImpetusError(
      'model_not_found',
      `There is no model "${id}" here. GET /v1/models lists those that there are.`,
      { param: 'model' },
    );
  }

  await rescan();
  const watcher = watchFolder(modelsFolder, () => {
    rescan().catch((error: Error) => log.warn({ err: error.message }, 'models folder could not be read'));
  });

  return {
    list: () => entries(models),
    find: (id) => models.get(id)?.entry,
    require: (id) => require(id).entry,
    kvShape(id) {
      const { description } = require(id);
      return {
        blockCount: description?.blockCount ?? null,
        headCountKv: description?.headCountKv ?? null,
        keyLength: description?.keyLength ?? null,
        valueLength: description?.valueLength ?? null,
      };
    },
    rescan,
    async [Symbol.asyncDispose]() {
      watcher[Symbol.dispose]();
      await last.catch(() => {});
    },
  };
}

async function know(model: FoundModel, source: ModelEntry['source']): Promise<KnownModel> {
  const inspection: Inspection = await inspect(model);
  return { entry: toEntry(model, inspection, source), description: inspection.description };
}

function entries(models: ReadonlyMap<string, KnownModel>): ModelEntry[] {
  return [...models.values()].map(({ entry }) => entry);
}
