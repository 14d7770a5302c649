import type { AgentSettings } from '@impetus/contracts';
import type { Db } from '../db/connection.ts';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import { ensurePrivateFolder } from '../platform/private-folder.ts';
import { createCatalogue } from './catalogue.ts';
import { FileMemory } from './files/file-memory.ts';
import { StoredMarks } from './marks/stored-marks.ts';
import type { StoredOrigins } from './origins.ts';
import { RememberedIds } from './remembered-ids.ts';
import { ensureSampleModel } from './sample.ts';
import { sourcesOf, type Places } from './sources/index.ts';
import { sampleSource } from './sources/sample.ts';
import type { ModelCatalogue, ModelSettingsStore } from './types.ts';

export interface LibraryParts {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly places: Places;
  /** Where the agent keeps the model that it makes itself. */
  readonly sampleFolder: string;
  readonly modelSettings: ModelSettingsStore;
  readonly origins: StoredOrigins;
  readonly settings: {
    readonly agent: () => AgentSettings;
    readonly defaultModel: () => string | null;
  };
  /** True while models answer. */
  readonly busy: () => boolean;
}

/** The catalogue of all models on this computer, with what is remembered of them. */
export async function openLibrary(parts: LibraryParts): Promise<ModelCatalogue> {
  const { db, log, places, sampleFolder, modelSettings, settings } = parts;
  ensurePrivateFolder(sampleFolder);
  const sample = sampleSource(await ensureSampleModel(sampleFolder));
  return createCatalogue({
    ...parts,
    sources: () => [sample, ...sourcesOf(places, settings.agent())],
    memory: await FileMemory.open(db),
    ids: await RememberedIds.open(db),
    marks: await StoredMarks.open(db, log),
    settings: modelSettings,
    defaultModel: () => settings.defaultModel(),
  });
}
