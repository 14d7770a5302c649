import type { ModelEntry } from '@impetus/contracts';

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
  find(id: string): ModelEntry | undefined;
  /** Throws `model_not_found` for an unknown id, naming it. */
  require(id: string): ModelEntry;
  /** What of the model's header decides how much memory its KV cache takes. Throws `model_not_found`. */
  kvShape(id: string): KvShape;
  /** Reads the folders again; resolves when the list is as the disk was when it began. */
  rescan(): Promise<void>;
}
