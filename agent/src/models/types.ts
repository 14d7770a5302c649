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

/** Where a file came from, told by whoever brought it. */
export interface OriginRecord {
  /** Of the whole file, in lower-case hex; the origin is remembered by it, so that it survives renames. */
  readonly sha256: string;
  readonly repo: string;
  readonly revision: string | null;
  /** Its path in the repo. */
  readonly file: string;
}

/** Remembers where files came from. */
export interface ModelOrigins {
  record(origins: readonly OriginRecord[]): Promise<void>;
  /** The files of the library that came from this repo, by their path in it. */
  ofRepo(repo: string): Promise<readonly OriginRecord[]>;
}

/** A claim on room that is not written yet; disposing gives up the rest of it. */
export interface DiskClaim extends Disposable {
  /** Tells how much of it is on the disk by now, so that nothing is counted twice. */
  written(bytes: number): void;
}

/** Keeps those who write large files from promising the same room twice. */
export interface DiskReserve {
  /**
   * Claims room in a folder for what is still to be written. Throws `disk_full` with both numbers where the disk
   * would be left with less than the owner's reserve.
   */
  claim(folder: string, bytes: number): Promise<DiskClaim>;
}
