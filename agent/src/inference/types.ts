import type {
  AnswerTo,
  Dialect,
  Generation,
  GenerationEvent,
  IdleUnload,
  LoadPlan,
  MemoryBudget,
  ModelEntry,
  ModelSettings,
  RunnerQuestion,
  RunnerStatus,
} from '@impetus/contracts';
import type { KvShape } from '../models/types.ts';

export interface EmbeddingResult {
  readonly vectors: readonly (readonly number[])[];
  readonly promptTokens: number;
}

/** How well each document answers the query, from 0 to 1, in the order of the documents. */
export interface RankingResult {
  readonly scores: readonly number[];
  readonly promptTokens: number;
}

export interface RankingInput {
  readonly query: string;
  readonly documents: readonly string[];
}

/** Who asks, so that the scheduler can be fair and a record can name them. */
export interface Requester {
  readonly id: string;
  readonly name: string;
}

/** Where a request came in. */
export interface RequestOrigin {
  readonly dialect: Dialect;
  /** The path or the page that asked, such as `/v1/chat/completions`. */
  readonly endpoint: string;
  readonly streamed: boolean;
}

export interface InferenceRequest<T> {
  /** The model's id or one of its aliases. */
  readonly modelId: string;
  readonly requester: Requester;
  readonly origin: RequestOrigin;
  readonly input: T;
  /** Aborted when the client goes away: the work ends in the queue, in prefill and in decoding. */
  readonly signal: AbortSignal;
  /** How long the model stays loaded after this request, where the client says so. */
  readonly keepAlive?: IdleUnload | undefined;
  /** The context that the client would have, in tokens: it may grow to it where nobody chose another. */
  readonly contextSize?: number | undefined;
  /** Called when a runner takes an embedding; answers tell it by their first event of prefill. */
  readonly onAdmitted?: (() => void) | undefined;
}

/** A question that needs the model's tokenizer or template alone. */
export interface InferenceQuestion<Question extends RunnerQuestion> extends Pick<
  InferenceRequest<Question>,
  'modelId' | 'requester' | 'signal' | 'keepAlive' | 'contextSize'
> {
  readonly question: Question;
}

/** Which request runs where and when. */
export interface Inference extends AsyncDisposable {
  /** Every runner that is not stopped, and those that failed. */
  runners(): readonly RunnerStatus[];
  /** What all models may take together, and what they take now. */
  budget(): MemoryBudget;
  /** What loading the model would take and who would have to go; with `settings` in place of the stored ones. */
  plan(modelId: string, settings?: Partial<ModelSettings>): Promise<LoadPlan>;
  /** The same for a file that is not in the library, such as the header of one on the Hub. */
  planFile(
    file: { readonly entry: ModelEntry; readonly shape: KvShape },
    settings?: Partial<ModelSettings>,
  ): Promise<LoadPlan>;
  /**
   * Resolves when the model answers requests; joins a load that is under way. Makes room by unloading idle models,
   * waits for busy ones. Throws why it cannot; `insufficient_memory` where it does not fit.
   */
  load(modelId: string): Promise<void>;
  /** Lets running requests finish, then gives the memory back. `now` ends them with an error. */
  unload(modelId: string, options?: { now?: boolean }): Promise<void>;
  /** The same for every model, pinned ones included. */
  unloadAll(options?: { now?: boolean }): Promise<void>;
  /** Ends every request that runs or waits, each with an error; models stay loaded. Answers how many there were. */
  stopGeneration(): number;
  /** Loads the model if need be. Yields until `end`; throws an ImpetusError otherwise. */
  generate(request: InferenceRequest<Generation>): AsyncIterable<GenerationEvent>;
  embed(request: InferenceRequest<readonly (string | number[])[]>): Promise<EmbeddingResult>;
  /** Scores documents for a query, by a model made for that. Throws `invalid_request` for any other. */
  rank(request: InferenceRequest<RankingInput>): Promise<RankingResult>;
  /**
   * Tokenizes, detokenizes or renders a chat as the model would be given it. Loads the model if need be, waits for
   * no sequence, and is on nobody's account.
   */
  ask<Question extends RunnerQuestion>(request: InferenceQuestion<Question>): Promise<AnswerTo<Question>>;
}
