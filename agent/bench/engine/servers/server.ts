import type { SyntheticModel } from '../models/write.ts';

/** How both servers hold a model: the same number of sequences, each with the same room. */
export interface Layout {
  readonly sequences: number;
  /** Tokens per sequence. */
  readonly contextSize: number;
}

export interface ServerOptions extends Layout {
  readonly model: SyntheticModel;
}

/** One of the two that are compared, with the model loaded. */
export interface Server extends AsyncDisposable {
  readonly name: 'ours' | 'theirs';
  readonly port: number;
  /** What a request names as its model. */
  readonly model: string;
  readonly key: string | null;
}
