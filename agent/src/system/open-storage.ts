import type { AgentSettings } from '@impetus/contracts';
import type { Audit } from '../auth/types.ts';
import { StoredBenchmarks } from '../benchmarks/stored-benchmarks.ts';
import { homeFiles, type Config } from '../config/index.ts';
import type { Db } from '../db/connection.ts';
import { partsOf } from '../downloads/place.ts';
import type { StateFeed } from '../events/types.ts';
import type { Inference } from '../inference/types.ts';
import type { Log } from '../log/types.ts';
import { StoredLibrary } from '../models/index.ts';
import type { ModelCatalogue, ModelSettingsStore } from '../models/types.ts';
import { systemBin } from '../platform/bin/index.ts';
import { createDiskReserve } from '../platform/disk-reserve.ts';
import { thisMachine } from '../platform/machine.ts';
import type { Services } from '../services.ts';
import { StoredUploads, uploadsFolder } from '../uploads/stored-uploads.ts';

export interface StorageParts {
  readonly config: Config;
  readonly db: Db;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly catalogue: ModelCatalogue;
  readonly inference: Inference;
  readonly modelSettings: ModelSettingsStore;
  readonly settings: () => AgentSettings;
  readonly engine: string;
  readonly audit: Pick<Audit, 'record'>;
}

export type Storage = Pick<Services, 'library' | 'disk' | 'uploads' | 'benchmarks'> & AsyncDisposable;

/** What keeps, brings, measures and removes models, over the catalogue that lists them. */
export async function openStorage(parts: StorageParts): Promise<Storage> {
  const { config, db, feed, log, catalogue, inference, modelSettings, settings, engine, audit } = parts;
  const { modelsFolder, otherApps, home, runner } = config;
  await using stack = new AsyncDisposableStack();
  const disk = createDiskReserve(() => settings().diskReserveBytes);
  const library = new StoredLibrary({
    db,
    catalogue,
    places: { modelsFolder, ...otherApps },
    settings,
    bin: systemBin(),
    unfinished: [uploadsFolder(modelsFolder), partsOf(modelsFolder, '')],
    promptCacheFolder: homeFiles(home).promptCache,
    isLoaded: (id) => inference.runners().some(({ modelId, state }) => modelId === id && state !== 'failed'),
  });
  const uploads = stack.use(
    await StoredUploads.open({ modelsFolder, catalogue, disk, feed, log, settings, audit }),
  );
  const benchmarks = stack.use(
    new StoredBenchmarks({
      db,
      inference,
      feed,
      log,
      settingsOf: (id) => modelSettings.get(id),
      vocabularySizeOf: (id) => catalogue.vocabularySize(id) ?? 1_000,
      threads: thisMachine(runner.threads).threads,
      engine,
    }),
  );
  const disposal = stack.move();
  return { disk, library, uploads, benchmarks, [Symbol.asyncDispose]: () => disposal.disposeAsync() };
}
