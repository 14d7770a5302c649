import type { Generation, GenerationEvent, RunnerStatus } from '@impetus/contracts';

export interface EmbeddingResult {
  readonly vectors: readonly (readonly number[])[];
  readonly promptTokens: number;
}

/** Who asks, so that the scheduler can be fair and a record can name them. */
export interface Requester {
  readonly id: string;
  readonly name: string;
}

export interface InferenceRequest<T> {
  readonly modelId: string;
  readonly requester: Requester;
  readonly input: T;
  /** Aborted when the client goes away: the work ends in the queue, in prefill and in decoding. */
  readonly signal: AbortSignal;
}

/** Which request runs where and when. */
export interface Inference extends AsyncDisposable {
  /** Every runner that is not stopped, and those that failed. */
  runners(): readonly RunnerStatus[];
  /** Resolves when the model answers requests; joins a load that is under way. Throws why it cannot. */
  load(modelId: string): Promise<void>;
  /** Lets running requests finish, then gives the memory back. `now` ends them with an error. */
  unload(modelId: string, options?: { now?: boolean }): Promise<void>;
  /** Loads the model if need be. Yields until `end`; throws an ImpetusError otherwise. */
  generate(request: InferenceRequest<Generation>): AsyncIterable<GenerationEvent>;
  embed(request: InferenceRequest<readonly (string | number[])[]>): Promise<EmbeddingResult>;
}
