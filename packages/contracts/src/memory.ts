/** What a model takes in memory, in bytes. */
export interface MemoryEstimate {
  readonly weightsBytes: number;
  /** The KV cache of all sequences. */
  readonly kvBytes: number;
  /** What llama.cpp computes in, and its own tables. */
  readonly computeBytes: number;
  readonly totalBytes: number;
}

/** What all models may take together, in bytes. */
export interface MemoryBudget {
  readonly limitBytes: number;
  /** `gpu`: the working set that the GPU's driver recommends; `free`: what the system has left; `setting`: the owner's. */
  readonly source: 'gpu' | 'free' | 'setting';
  /** Taken by loaded models and by loads under way. */
  readonly usedBytes: number;
}

/** What would happen if a model were loaded now. */
export interface LoadPlan {
  readonly modelId: string;
  /** `loaded`: it is already; `waits`: as `evicts`, once the models named have finished what they do. */
  readonly verdict: 'loaded' | 'fits' | 'evicts' | 'waits' | 'does-not-fit';
  /** How it would be held. */
  readonly contextSize: number;
  readonly sequences: number;
  readonly estimate: MemoryEstimate;
  readonly budget: MemoryBudget;
  /** Ids of the models that would be unloaded, in order. */
  readonly evicts: readonly string[];
  /** The largest context that would fit, where this one does not; null where none does. */
  readonly fittingContextSize: number | null;
  /** One sentence for its owner. */
  readonly message: string;
}
