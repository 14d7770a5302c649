import { ImpetusError, type GenerationEvent, type ModelEntry, type RunnerStatus } from '@impetus/contracts';
import type { Inference } from '../../src/inference/types.ts';
import type { ModelCatalogue } from '../../src/models/types.ts';

const entry: ModelEntry = {
  id: 'fake',
  name: 'Fake',
  kind: 'chat',
  source: 'folder',
  path: '/models/fake.gguf',
  sizeBytes: 1000,
  modifiedAt: '2026-01-01T00:00:00.000Z',
  architecture: 'llama',
  parameters: 1000,
  quant: 'F32',
  contextLength: 512,
  licence: null,
  problem: null,
};

/** A catalogue of one model that exists nowhere. */
export function fakeCatalogue(): ModelCatalogue {
  const find = (id: string) => (id === entry.id ? entry : undefined);
  return {
    list: () => [entry],
    find,
    require(id) {
      const found = find(id);
      if (found === undefined)
        throw new ImpetusError('model_not_found', `No model “${id}”.`, { param: 'id' });
      return found;
    },
    kvShape: () => ({ blockCount: null, headCountKv: null, keyLength: null, valueLength: null }),
    rescan: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** An inference whose answers a test writes itself, word by word. */
export class FakeInference implements Inference {
  readonly loaded = new Set<string>();
  /** Requests that were aborted by their signal. */
  aborted = 0;
  #write: ((event: GenerationEvent) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  /** Whether a request is waiting for words. */
  get busy(): boolean {
    return this.#write !== undefined;
  }

  say(text: string): void {
    this.#write?.({ kind: 'delta', text, tokens: 1 });
  }

  end(): void {
    this.#write?.({
      kind: 'end',
      reason: 'stop',
      usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 1 },
      timings: { prefillMs: 1, decodeMs: 1 },
    });
  }

  fail(error: Error): void {
    this.#fail?.(error);
  }

  runners(): readonly RunnerStatus[] {
    return [];
  }

  async load(modelId: string): Promise<void> {
    this.loaded.add(modelId);
  }

  async unload(modelId: string): Promise<void> {
    this.loaded.delete(modelId);
  }

  async *generate({ signal }: { readonly signal: AbortSignal }): AsyncGenerator<GenerationEvent> {
    const events: GenerationEvent[] = [];
    let wake = Promise.withResolvers<void>();
    this.#write = (event) => {
      events.push(event);
      wake.resolve();
    };
    this.#fail = (error) => wake.reject(error);
    signal.addEventListener('abort', () => {
      this.aborted += 1;
      this.fail(new ImpetusError('cancelled', 'The request was cancelled.'));
    });
    try {
      for (;;) {
        await wake.promise;
        wake = Promise.withResolvers();
        for (const event of events.splice(0)) {
          yield event;
          if (event.kind === 'end') return;
        }
      }
    } finally {
      this.#write = undefined;
      this.#fail = undefined;
    }
  }

  embed(): Promise<never> {
    throw new ImpetusError('model_unusable', 'The fake has no embeddings.');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.fail(new ImpetusError('shutting_down', 'The agent is stopping.'));
  }
}
