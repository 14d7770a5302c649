import type { LlamaEmbeddingContext, Token } from 'node-llama-cpp';
import { ImpetusError, toImpetusError, type RunnerEventFor } from '@impetus/contracts';
import type { Engine } from './engine.ts';
import { checkTokens } from './prompt.ts';

/** Computes embeddings, one input after the other; its context is made at the first request. */
export class Embedder {
  readonly #engine: Engine;
  readonly #send: (events: readonly RunnerEventFor[]) => void;
  readonly #pending = new Map<string, { aborted: boolean }>();
  #context: Promise<LlamaEmbeddingContext> | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(engine: Engine, send: (events: readonly RunnerEventFor[]) => void) {
    this.#engine = engine;
    this.#send = send;
  }

  embed(requestId: string, inputs: readonly (string | number[])[]): void {
    this.#pending.set(requestId, { aborted: false });
    this.#last = this.#last.then(() => this.#run(requestId, inputs));
  }

  abort(requestId: string): void {
    const pending = this.#pending.get(requestId);
    if (pending !== undefined) pending.aborted = true;
  }

  async #run(requestId: string, inputs: readonly (string | number[])[]): Promise<void> {
    try {
      const tokenized = inputs.map((input) => this.#tokenize(input));
      const context = await this.#open();
      const vectors: number[][] = [];
      for (const tokens of tokenized) {
        if (this.#pending.get(requestId)?.aborted === true) {
          throw new ImpetusError('cancelled', 'The request was cancelled.');
        }
        const { vector } = await context.getEmbeddingFor(tokens);
        vectors.push(toUnitLength(vector));
      }
      const promptTokens = tokenized.reduce((sum, tokens) => sum + tokens.length, 0);
      this.#send([{ requestId, event: { kind: 'embedded', vectors, promptTokens } }]);
    } catch (error) {
      this.#send([{ requestId, event: { kind: 'error', error: toImpetusError(error).toWire() } }]);
    } finally {
      this.#pending.delete(requestId);
    }
  }

  #tokenize(input: string | number[]): Token[] {
    const tokens =
      typeof input === 'string'
        ? this.#engine.model.tokenize(input)
        : checkTokens(input, this.#engine, 'input');
    const { contextSize } = this.#engine.settings;
    if (tokens.length > contextSize) {
      throw new ImpetusError(
        'context_length_exceeded',
        `This model's maximum context length is ${contextSize} tokens, but one input has ${tokens.length}. Split it into shorter pieces.`,
        { param: 'input' },
      );
    }
    return tokens;
  }

  #open(): Promise<LlamaEmbeddingContext> {
    const { settings, model } = this.#engine;
    this.#context ??= model.createEmbeddingContext({
      contextSize: settings.contextSize,
      batchSize: settings.contextSize,
      threads: settings.threads,
    });
    return this.#context;
  }
}

/** As the OpenAI API and llama.cpp's server give them, so that a dot product is the cosine. */
function toUnitLength(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? [...vector] : vector.map((value) => value / length);
}
