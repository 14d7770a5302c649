import type { LlamaRankingContext } from 'node-llama-cpp';
import { ImpetusError, toImpetusError, type RunnerEventFor } from '@impetus/contracts';
import type { Engine } from './engine.ts';

interface Ranking {
  readonly requestId: string;
  readonly query: string;
  readonly documents: readonly string[];
  aborted: boolean;
}

/** Scores documents for a query, one after the other; its context is made at the first request. */
export class Ranker {
  readonly #engine: Engine;
  readonly #send: (events: readonly RunnerEventFor[]) => void;
  readonly #pending = new Map<string, Ranking>();
  #context: Promise<LlamaRankingContext> | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(engine: Engine, send: (events: readonly RunnerEventFor[]) => void) {
    this.#engine = engine;
    this.#send = send;
  }

  rank(requestId: string, query: string, documents: readonly string[]): void {
    const ranking = { requestId, query, documents, aborted: false };
    this.#pending.set(requestId, ranking);
    this.#last = this.#last.then(() => this.#run(ranking));
  }

  abort(requestId: string): void {
    const ranking = this.#pending.get(requestId);
    if (ranking !== undefined) ranking.aborted = true;
  }

  async #run(ranking: Ranking): Promise<void> {
    const { requestId } = ranking;
    try {
      const event = { kind: 'ranked', ...(await this.#scores(ranking)) } as const;
      this.#send([{ requestId, event }]);
    } catch (error) {
      this.#send([{ requestId, event: { kind: 'error', error: toImpetusError(error).toWire() } }]);
    } finally {
      this.#pending.delete(requestId);
    }
  }

  async #scores(ranking: Ranking): Promise<{ scores: number[]; promptTokens: number }> {
    const { query, documents } = ranking;
    const context = await this.#open();
    const lengths = documents.map((document) => context.calculateInputLength(query, document));
    refuseWhatDoesNotFit(lengths, context.contextSize);
    const scores: number[] = [];
    for (const document of documents) {
      if (ranking.aborted) throw new ImpetusError('cancelled', 'The request was cancelled.');
      scores.push(await context.rank(query, document));
    }
    return { scores, promptTokens: lengths.reduce((sum, length) => sum + length, 0) };
  }

  #open(): Promise<LlamaRankingContext> {
    const { settings, model } = this.#engine;
    if (!model.fileInsights.supportsRanking) throw cannotRank();
    this.#context ??= model.createRankingContext({
      contextSize: settings.contextSize,
      batchSize: settings.contextSize,
      threads: settings.threads,
    });
    return this.#context;
  }
}

function refuseWhatDoesNotFit(lengths: readonly number[], contextSize: number): void {
  const longest = Math.max(0, ...lengths);
  if (longest < contextSize) return;
  throw new ImpetusError(
    'context_length_exceeded',
    `This model's maximum context length is ${contextSize} tokens, but the query and one document have ${longest} together. Split it into shorter pieces.`,
    { param: 'documents' },
  );
}

function cannotRank(): ImpetusError {
  return new ImpetusError(
    'invalid_request',
    'This model does not score documents. Choose a reranking model.',
    { param: 'model' },
  );
}
