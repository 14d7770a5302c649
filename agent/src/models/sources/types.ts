import type { ModelFormat, ModelOrigin, ModelSource, SourceFacts } from '@impetus/contracts';
import type { FileStamp, Look } from '../files/types.ts';

/** One model on the disk, before it has an id. */
export interface FoundModel {
  /** Ids that it may have, the best first. */
  readonly wanted: readonly string[];
  readonly source: ModelSource;
  /** The watched folder in which it was found. */
  readonly folder: string;
  readonly format: ModelFormat;
  /** In order; the first is what a runner loads. */
  readonly files: readonly FileStamp[];
  /** Names of parts that should be there and are not. */
  readonly missing: readonly string[];
  /** A folder that is the model as a whole: with its configuration and tokenizer. */
  readonly wholeFolder: string | null;
  /** Where the source itself says what it is called. */
  readonly name: string | null;
  readonly origin: ModelOrigin | null;
  /** Where the source keeps it beside the model. */
  readonly licence: string | null;
  /** Hashes that the source vouches for, by path. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly facts: SourceFacts | null;
}

/** What a place held. */
export interface Finds {
  readonly models: readonly FoundModel[];
  /** Folders that were looked into: a change in one of them may mean another model. */
  readonly visited: readonly string[];
  /** Links to folders, which are not followed: the owner may have meant them to be. */
  readonly linkedFolders: readonly string[];
}

export const noFinds: Finds = { models: [], visited: [], linkedFolders: [] };

/** A place in which models are looked for. Nothing is ever written there by looking. */
export interface Source {
  readonly source: ModelSource;
  readonly folder: string;
  find(look: Look): Promise<Finds>;
}
