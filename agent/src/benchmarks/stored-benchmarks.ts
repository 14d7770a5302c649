import { randomUUID } from 'node:crypto';
import {
  ImpetusError,
  toImpetusError,
  type BenchmarkPoint,
  type ModelBenchmark,
  type ModelEntry,
  type ModelSettings,
  type StartBenchmarkInput,
} from '@impetus/contracts';
import type { Db } from '../db/connection.ts';
import { oneAtATime } from '../db/one-at-a-time.ts';
import type { StateFeed } from '../events/types.ts';
import type { Inference } from '../inference/types.ts';
import type { Log } from '../log/types.ts';
import { promptOf, promptSizes } from './plan.ts';
import type { Benchmarks } from './types.ts';

/** Measurements of one model that are kept; the oldest goes when there are more. */
const mostKept = 50;

export interface StoredBenchmarksOptions {
  readonly db: Db;
  readonly inference: Inference;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly settingsOf: (modelId: string) => ModelSettings;
  readonly vocabularySizeOf: (modelId: string) => number;
  /** Threads that models get where nobody chose. */
  readonly threads: number;
  readonly engine: string;
}

type Input = Omit<StartBenchmarkInput, 'id'>;

/** Measures models through their runners, as requests are: they wait their turn, and can be stopped. */
export class StoredBenchmarks implements Benchmarks {
  readonly #options: StoredBenchmarksOptions;
  readonly #inTurn = oneAtATime();
  readonly #open = new Map<string, { benchmark: ModelBenchmark; readonly abort: AbortController }>();

  constructor(options: StoredBenchmarksOptions) {
    this.#options = options;
  }

  async list(modelId: string): Promise<readonly ModelBenchmark[]> {
    const rows = await this.#options.db
      .selectFrom('model_benchmarks')
      .select('value')
      .where('model_id', '=', modelId)
      .orderBy('started_at', 'desc')
      .execute();
    const open = [...this.#open.values()]
      .map(({ benchmark }) => benchmark)
      .filter((benchmark) => benchmark.modelId === modelId);
    return [...open.toReversed(), ...rows.map(({ value }) => JSON.parse(value) as ModelBenchmark)];
  }

  start(model: ModelEntry, input: Input): ModelBenchmark {
    if (model.kind !== 'chat' && model.kind !== 'completion') {
      throw new ImpetusError(
        'invalid_request',
        `${model.name} writes no text, so there is nothing to measure.`,
      );
    }
    const benchmark: ModelBenchmark = {
      id: randomUUID(),
      modelId: model.id,
      state: 'waiting',
      startedAt: new Date().toISOString(),
      endedAt: null,
      progress: 0,
      points: [],
      settings: null,
      gpu: null,
      quant: model.quant,
      engine: this.#options.engine,
      error: null,
    };
    this.#open.set(benchmark.id, { benchmark, abort: new AbortController() });
    this.#tell(benchmark);
    void this.#inTurn(() => this.#run(benchmark.id, model, input));
    return benchmark;
  }

  stop(benchmarkId: string): void {
    this.#open.get(benchmarkId)?.abort.abort();
  }

  async remove(benchmarkId: string): Promise<void> {
    this.stop(benchmarkId);
    await this.#inTurn(async () => {
      await this.#options.db.deleteFrom('model_benchmarks').where('id', '=', benchmarkId).execute();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { abort } of this.#open.values()) abort.abort();
    await this.#inTurn(() => Promise.resolve());
  }

  async #run(id: string, model: ModelEntry, input: Input): Promise<void> {
    const signal = this.#open.get(id)?.abort.signal;
    if (signal === undefined) return;
    try {
      signal.throwIfAborted();
      this.#change(id, { state: 'running' });
      await this.#options.inference.load(model.id);
      signal.throwIfAborted();
      const held = this.#held(model.id);
      this.#change(id, held);
      await this.#measure(id, model.id, { ...input, contextSize: held.settings.contextSize, signal });
      this.#change(id, { state: 'done', progress: 1 });
    } catch (error) {
      if (signal.aborted) this.#change(id, { state: 'stopped' });
      else this.#change(id, { state: 'failed', error: toImpetusError(error).toWire() });
    }
    await this.#keep(id).catch((error: Error) => {
      this.#options.log.warn({ err: error.message }, 'a measurement was not kept');
    });
  }

  async #measure(
    id: string,
    modelId: string,
    run: Input & { readonly contextSize: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const { contextSize, completionTokens, promptTokens: asked, signal } = run;
    const sizes = promptSizes({ contextSize, completionTokens, asked });
    // What the first request of a runner pays once is not the model's speed.
    await this.#once(modelId, { promptTokens: 16, completionTokens: 4, signal });
    const points: BenchmarkPoint[] = [];
    for (const promptTokens of sizes) {
      points.push(await this.#once(modelId, { promptTokens, completionTokens, signal }));
      this.#change(id, { points: [...points], progress: points.length / sizes.length });
    }
  }

  async #once(
    modelId: string,
    run: {
      readonly promptTokens: number;
      readonly completionTokens: number;
      readonly signal: AbortSignal;
    },
  ): Promise<BenchmarkPoint> {
    const tokens = promptOf(run.promptTokens, this.#options.vocabularySizeOf(modelId), Math.random);
    const events = this.#options.inference.generate({
      modelId,
      requester: { id: 'benchmark', name: 'Benchmark' },
      origin: { dialect: 'page', endpoint: 'benchmark', streamed: true },
      input: {
        prompt: { kind: 'tokens', tokens },
        sampling: { temperature: 0 },
        maxTokens: run.completionTokens,
        stop: [],
        ignoreEnd: true,
      },
      signal: run.signal,
    });
    for await (const event of events) {
      if (event.kind !== 'end') continue;
      const { usage, timings } = event;
      const read = usage.promptTokens - usage.cachedTokens;
      // The first token comes of the prompt; the others are what decoding took its time for.
      const written = Math.max(1, usage.completionTokens - 1);
      return {
        promptTokens: usage.promptTokens,
        completionTokens: usage.completionTokens,
        prefillMs: timings.prefillMs,
        decodeMs: timings.decodeMs,
        prefillRate: rate(read, timings.prefillMs),
        decodeRate: rate(written, timings.decodeMs),
      };
    }
    throw new ImpetusError('cancelled', 'The measurement was stopped.');
  }

  #held(modelId: string) {
    const { inference, settingsOf, threads } = this.#options;
    const status = inference.runners().find((runner) => runner.modelId === modelId);
    if (status === undefined || status.contextSize === null || status.sequences === null) {
      throw new ImpetusError('runner_failed', 'The model was unloaded before it was measured.');
    }
    const chosen = settingsOf(modelId);
    return {
      gpu: status.gpu,
      settings: {
        contextSize: status.contextSize,
        sequences: status.sequences,
        batchSize: chosen.batchSize ?? 512,
        threads: chosen.threads ?? threads,
        gpuLayers: chosen.gpuLayers,
        flashAttention: chosen.flashAttention,
        kvType: chosen.kvType ?? ('f16' as const),
      },
    };
  }

  #change(id: string, changes: Partial<ModelBenchmark>): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    const over = changes.state !== undefined && !['waiting', 'running'].includes(changes.state);
    open.benchmark = {
      ...open.benchmark,
      ...changes,
      ...(over && { endedAt: new Date().toISOString() }),
    };
    this.#tell(open.benchmark);
  }

  /** One that was stopped before it measured anything says nothing later. */
  async #keep(id: string): Promise<void> {
    const benchmark = this.#open.get(id)?.benchmark;
    this.#open.delete(id);
    if (benchmark === undefined || (benchmark.state === 'stopped' && benchmark.points.length === 0)) return;
    const { db } = this.#options;
    const { modelId, startedAt } = benchmark;
    await db
      .insertInto('model_benchmarks')
      .values({ id, model_id: modelId, started_at: startedAt, value: JSON.stringify(benchmark) })
      .execute();
    const old = await db
      .selectFrom('model_benchmarks')
      .select('id')
      .where('model_id', '=', modelId)
      .orderBy('started_at', 'desc')
      .offset(mostKept)
      .limit(1_000)
      .execute();
    if (old.length === 0) return;
    const ids = old.map((row) => row.id);
    await db.deleteFrom('model_benchmarks').where('id', 'in', ids).execute();
  }

  #tell(benchmark: ModelBenchmark): void {
    this.#options.feed.publish({ type: 'benchmark', benchmark });
  }
}

function rate(tokens: number, milliseconds: number): number {
  return milliseconds > 0 ? (tokens / milliseconds) * 1_000 : 0;
}
