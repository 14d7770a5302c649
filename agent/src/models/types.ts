import type { ModelEntry, ModelSettings } from '@impetus/contracts';

/** What of a model's header decides how much memory its KV cache takes. Null where the header says nothing. */
export interface KvShape {
  readonly blockCount: number | null;
  readonly headCountKv: number | null;
  readonly keyLength: number | null;
  readonly valueLength: number | null;
}

/** The models that exist, as the disk has them. */
export interface ModelCatalogue extends AsyncDisposable {
  list(): readonly ModelEntry[];
  /** By id or alias. */
  find(id: string): ModelEntry | undefined;
  /** By id or alias. Throws `model_not_found` for an unknown one, naming it. */
  require(id: string): ModelEntry;
  /** What of the model's header decides how much memory its KV cache takes. Throws `model_not_found`. */
  kvShape(id: string): KvShape;
  /** Reads the folders again; resolves when the list is as the disk was when it began. */
  rescan(): Promise<void>;
}

/** What the owner chose for each model, kept in the database and held in memory. */
export interface ModelSettingsStore {
  /** Complete: what was never chosen has its default. */
  get(modelId: string): ModelSettings;
  /** Changes only what is named. Throws `conflict` for an alias that another model has. */
  update(modelId: string, changes: Partial<ModelSettings>): Promise<ModelSettings>;
  /** The id of the model that has this alias. */
  modelOf(alias: string): string | undefined;
}
