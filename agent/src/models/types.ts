import type {
  ModelDetail,
  ModelEntry,
  ModelFolder,
  ModelMarks,
  ModelSettings,
  ReclaimReport,
  RemovalPlan,
  RemovalResult,
} from '@impetus/contracts';
import type { Metadata } from '@impetus/gguf';
import type { FoundModel } from './sources/types.ts';

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
  /** The files behind an entry, and what its source tells. Throws `model_not_found`. */
  found(id: string): FoundModel;
  /** How many tokens it knows; null where its header does not say. */
  vocabularySize(id: string): number | null;
  /** As the file has it; null where it brings none. */
  chatTemplate(id: string): Promise<string | null>;
  /** Changes only what is named. Throws `model_not_found`. */
  mark(ids: readonly string[], changes: Partial<ModelMarks>): Promise<void>;
  /** Tells what a file hashes to, so that it need not be read for it. */
  learnHash(path: string, sha256: string): Promise<void>;
  /** Links to folders in a watched folder, which are not followed. */
  linkedFolders(folder: string): readonly string[];
  /** How many files are still to be hashed. */
  unhashed(): number;
  /** Reads the folders again; resolves when the list is as the disk was when it began. */
  rescan(): Promise<void>;
}

/** What the owner chose for each model, kept in the database and held in memory. */
export interface ModelSettingsStore {
  /** Complete: what was never chosen has its default. */
  get(modelId: string): ModelSettings;
  /** Changes only what is named. Throws `conflict` for an alias that another model has. */
  update(modelId: string, changes: Partial<ModelSettings>): Promise<ModelSettings>;
  /** The id of the model that has this alias, or one with a * that this name begins with. */
  modelOf(alias: string): string | undefined;
  /** Whether anything was chosen for it. */
  has(modelId: string): boolean;
  /** Gives what was chosen for one model to another, and the first one's id as an alias. */
  move(from: string, to: string): Promise<void>;
}

/** Where a file came from, told by whoever brought it. */
export interface OriginRecord {
  /** Of the whole file, in lower-case hex; the origin is remembered by it, so that it survives renames. */
  readonly sha256: string;
  readonly repo: string;
  readonly revision: string | null;
  /** Its path in the repo. */
  readonly file: string;
  /** As the repo states it; null where it does not. */
  readonly licence: string | null;
}

/** Remembers where files came from. */
export interface ModelOrigins {
  record(origins: readonly OriginRecord[]): Promise<void>;
  /** What ever came from this repo. */
  ofRepo(repo: string): Promise<readonly OriginRecord[]>;
}

/** A claim on room that is not written yet; disposing gives up the rest of it. */
export interface DiskClaim extends Disposable {
  /** Tells how much of the file is on the disk by now, so that nothing is counted twice. */
  written(bytes: number): void;
}

/** Keeps those who write large files from promising the same room twice. */
export interface DiskReserve {
  /**
   * Claims room in a folder for a file of so many bytes, of which `written` are there already. Throws `disk_full`
   * with both numbers where the disk would be left with less than the owner's reserve.
   */
  claim(folder: string, bytes: number, written?: number): Promise<DiskClaim>;
  /** Whether others have taken of the reserve, so that what is under way has to wait. */
  isBroached(folder: string): Promise<boolean>;
}

/** What the owner can ask of the library beyond its list. */
export interface Library {
  /** Throws `model_not_found`. */
  detail(id: string): Promise<ModelDetail>;
  /** What its header says; without `arrays` they tell their length alone. Throws `model_not_found`. */
  metadata(id: string, options: { readonly arrays: boolean }): Promise<Metadata>;
  /** Where models are looked for. */
  folders(): Promise<readonly ModelFolder[]>;
  /** What all models take, and what could be freed. */
  reclaim(unusedDays: number): Promise<ReclaimReport>;
  /** What removing these would take away; nothing is touched. Throws `model_not_found`. */
  planRemoval(ids: readonly string[]): Promise<RemovalPlan>;
  /** A plan that was shown, as it is now. Throws `conflict` where it has changed. */
  planOf(token: string): Promise<RemovalPlan>;
  /** Carries a plan out. Throws `conflict` where it has changed or a model is loaded. */
  remove(token: string): Promise<RemovalResult>;
  /** Brings back what a removal took. Throws `not_found` and `conflict`. */
  restore(undo: string): Promise<void>;
}
