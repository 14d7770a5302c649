import {
  ImpetusError,
  type GenerationEvent,
  type LoadPlan,
  type MemoryBudget,
  type ModelEntry,
  type RunnerStatus,
} from '@impetus/contracts';
import type { EmbeddingResult, Inference, RankingResult } from '../../src/inference/types.ts';
import type { ModelCatalogue } from '../../src/models/types.ts';

export const fakeModel: ModelEntry = {
  id: 'fake',
  name: 'Fake',
  kind: 'chat',
  format: 'gguf',
  source: 'folder',
  folder: '/models',
  path: '/models/fake.gguf',
  files: [{ path: '/models/fake.gguf', sizeBytes: 1000, sha256: null }],
  missing: [],
  sizeBytes: 1000,
  modifiedAt: '2026-01-01T00:00:00.000Z',
  architecture: 'llama',
  parameters: 1000,
  quant: 'F32',
  contextLength: 512,
  licence: null,
  family: 'Llama',
  capabilities: ['chat'],
  origin: null,
  sha256: null,
  duplicates: [],
  problem: null,
  whatToDo: null,
  removable: true,
  aliases: [],
  tags: [],
  favourite: false,
  notes: '',
};

/** A catalogue of one model that exists nowhere. */
export function fakeCatalogue(): ModelCatalogue {
  const find = (id: string) => (id === fakeModel.id ? fakeModel : undefined);
  return {
    list: () => [fakeModel],
    find,
    require(id) {
      const found = find(id);
      if (found === undefined)
        throw new ImpetusError('model_not_found', `No model “${id}”.`, { param: 'id' });
      return found;
    },
    kvShape: () => ({ blockCount: null, headCountKv: null, keyLength: null, valueLength: null }),
    found: () => ({
      wanted: ['fake'],
      source: 'folder',
      folder: '/models',
      format: 'gguf',
      files: [],
      missing: [],
      wholeFolder: null,
      name: null,
      origin: null,
      licence: null,
      hashes: new Map(),
      facts: null,
    }),
    vocabularySize: () => null,
    chatTemplate: () => Promise.resolve(null),
    mark: () => Promise.resolve(),
    learnHash: () => Promise.resolve(),
    linkedFolders: () => [],
    unhashed: () => 0,
    rescan: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const budget: MemoryBudget = { limitBytes: 1_000_000, source: 'setting', usedBytes: 0 };
const estimate = { weightsBytes: 1000, kvBytes: 200, computeBytes: 100, totalBytes: 1300 };

const runner: RunnerStatus = {
  modelId: '',
  state: 'ready',
  stage: null,
  progress: null,
  contextSize: 512,
  sequences: 4,
  active: 0,
  queued: 0,
  tokensPerSecond: null,
  prefill: null,
  residentBytes: 1300,
  pid: null,
  gpu: null,
  readyAt: null,
  error: null,
  estimate,
  pinned: false,
  unloadsAt: null,
  waitsFor: [],
};

/** An inference whose answers a test writes itself, word by word. */
export class FakeInference implements Inference {
  readonly loaded = new Set<string>();
  readonly unloads: { readonly modelId: string; readonly now: boolean }[] = [];
  /** What a load takes: it ends when this does, and fails where this does. */
  loads: () => Promise<void> = () => Promise.resolve();
  /** The models whose loads have begun and not ended. */
  readonly #starting = new Set<string>();
  /** Requests that were aborted by their signal. */
  aborted = 0;
  #write: ((event: GenerationEvent) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  /** Whether a request is waiting for words. */
  get busy(): boolean {
    return this.#write !== undefined;
  }

  /** Tells what a runner or the queue would. */
  tell(event: GenerationEvent): void {
    this.#write?.(event);
  }

  say(text: string): void {
    this.tell({ kind: 'delta', text, tokens: 1 });
  }

  end(): void {
    this.tell({
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
    const starting = { ...runner, state: 'starting', contextSize: null } as const;
    return [
      ...[...this.loaded].map((modelId) => ({ ...runner, modelId })),
      ...[...this.#starting].map((modelId) => ({ ...starting, modelId })),
    ];
  }

  budget(): MemoryBudget {
    return budget;
  }

  async plan(modelId: string): Promise<LoadPlan> {
    return {
      modelId,
      verdict: this.loaded.has(modelId) ? 'loaded' : 'fits',
      contextSize: 512,
      sequences: 4,
      estimate,
      budget,
      evicts: [],
      fittingContextSize: null,
      message: 'It fits.',
    };
  }

  planFile({ entry: file }: { readonly entry: ModelEntry }): Promise<LoadPlan> {
    return this.plan(file.id);
  }

  async load(modelId: string): Promise<void> {
    this.#starting.add(modelId);
    await this.loads().finally(() => this.#starting.delete(modelId));
    this.loaded.add(modelId);
  }

  async unload(modelId: string, { now = false }: { readonly now?: boolean } = {}): Promise<void> {
    this.unloads.push({ modelId, now });
    this.loaded.delete(modelId);
  }

  async unloadAll(): Promise<void> {
    this.loaded.clear();
  }

  stopGeneration(): number {
    const stopped = this.busy ? 1 : 0;
    this.fail(new ImpetusError('cancelled', 'Generation was stopped by the owner.'));
    return stopped;
  }

  async rank(): Promise<RankingResult> {
    return { scores: [], promptTokens: 0 };
  }

  async ask(): Promise<never> {
    throw new ImpetusError('invalid_request', 'Nobody answers questions here.');
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

  async embed({ onAdmitted }: { readonly onAdmitted?: (() => void) | undefined }): Promise<EmbeddingResult> {
    onAdmitted?.();
    return { vectors: [[1, 0]], promptTokens: 2 };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.fail(new ImpetusError('shutting_down', 'The agent is stopping.'));
  }
}
