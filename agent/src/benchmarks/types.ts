import type { ModelBenchmark, ModelEntry, StartBenchmarkInput } from '@impetus/contracts';

/** How fast models are on this computer, measured when their owner asks, and kept. */
export interface Benchmarks extends AsyncDisposable {
  /** Newest first; those under way among them. */
  list(modelId: string): Promise<readonly ModelBenchmark[]>;
  /** One runs at a time. Throws `invalid_request` for a model that writes no text. */
  start(model: ModelEntry, input: Omit<StartBenchmarkInput, 'id'>): ModelBenchmark;
  stop(benchmarkId: string): void;
  /** Throws `not_found`. */
  remove(benchmarkId: string): Promise<void>;
}
