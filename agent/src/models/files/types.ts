import type { ModelCapability, ModelFormat } from '@impetus/contracts';
import type { GgufKind } from '@impetus/gguf';

/** A file as it is now: another size, time or inode is another content as far as anybody can tell without reading. */
export interface FileStamp {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Stays the same when the file is renamed. The device is left out: its number changes at a restart. */
  readonly inode: number;
  /** Its path is a link to it: the disk gets nothing back when that goes. */
  readonly isLink: boolean;
}

/** What a file's header told, small enough to be kept for thousands of files. */
export interface HeaderFacts {
  readonly kind: GgufKind | null;
  readonly architecture: string | null;
  readonly name: string | null;
  readonly licence: string | null;
  /** Elements of all tensors in this file. */
  readonly parameters: number;
  readonly quant: string | null;
  readonly contextLength: number | null;
  readonly blockCount: number | null;
  readonly headCountKv: number | null;
  readonly keyLength: number | null;
  readonly valueLength: number | null;
  readonly vocabularySize: number | null;
  readonly lacksByteTokens: boolean;
  readonly capabilities: readonly ModelCapability[];
  readonly repo: string | null;
}

/** What looking into a file told. */
export interface FileLook {
  /** Null: it is no model. */
  readonly format: ModelFormat | null;
  readonly facts: HeaderFacts | null;
  /** Why it cannot be used, in words for its owner. */
  readonly fault: string | null;
}

/** Looks into a file, or remembers what it saw there. Never throws for what a file holds. */
export type Look = (file: FileStamp) => Promise<FileLook>;

export const noModel: FileLook = { format: null, facts: null, fault: null };
