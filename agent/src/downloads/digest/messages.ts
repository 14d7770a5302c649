import type { Segment } from '../transfer/journal-format.ts';

/** What the thread that reads is told. */
export type DigestOrder =
  | {
      readonly type: 'open';
      readonly id: number;
      readonly path: string;
      readonly segments: readonly Segment[];
    }
  /** The file has no gap before this. */
  | { readonly type: 'advance'; readonly id: number; readonly to: number }
  /** Answers when it has read so far. */
  | { readonly type: 'finish'; readonly id: number; readonly size: number }
  | { readonly type: 'close'; readonly id: number };

export type DigestAnswer =
  | { readonly type: 'checked'; readonly id: number; readonly bad: readonly Segment[] }
  | { readonly type: 'digest'; readonly id: number; readonly sha256: string }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
