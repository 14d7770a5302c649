import {
  getLlama,
  InsufficientMemoryError,
  LlamaLogLevel,
  type Llama,
  type LlamaContext,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import { ImpetusError, type LoadedModel, type LoadStage, type RunnerSettings } from '@impetus/contracts';
import { ChatTemplate } from './template.ts';

/** GGUF's token type for tokens that steer a model and are not text. */
const controlTokenType = 3;

/** A model in memory and the places where it works. */
export interface Engine {
  readonly model: LlamaModel;
  /** Null where the model was loaded for embeddings alone. */
  readonly context: LlamaContext | null;
  readonly settings: RunnerSettings;
  readonly facts: LoadedModel;
  /** Parsed at its first use, so that a model with a broken template still completes text. */
  chatTemplate(): ChatTemplate;
}

/** What llama.cpp said last; where it fails it explains itself only there. */
export class EngineLog {
  readonly #lines: string[] = [];

  add(level: LlamaLogLevel, message: string): void {
    if (level !== LlamaLogLevel.error && level !== LlamaLogLevel.fatal) return;
    process.stderr.write(`${message.trimEnd()}\n`);
    this.#lines.push(message.trim());
    if (this.#lines.length > 20) this.#lines.shift();
  }

  /** The first error of the last attempt: the ones that follow only repeat that it failed. */
  reason(): string | null {
    return this.#lines[0] ?? null;
  }
}

/** Loads a model. Throws an ImpetusError that says why it cannot be loaded. */
export async function loadEngine(
  modelPath: string,
  settings: RunnerSettings,
  onProgress: (stage: LoadStage, fraction: number) => void,
): Promise<Engine> {
  const startedAt = performance.now();
  const log = new EngineLog();
  try {
    onProgress('process', 1);
    const llama = await openLibrary(settings, log);
    const model = await llama.loadModel({
      modelPath,
      onLoadProgress: (fraction) => onProgress('weights', fraction),
    });
    onProgress('context', 0);
    const context = settings.purpose === 'generation' ? await openContext(model, settings) : null;
    onProgress('context', 1);
    return describe(model, context, settings, performance.now() - startedAt);
  } catch (error) {
    throw loadError(error, log.reason());
  }
}

function openLibrary(settings: RunnerSettings, log: EngineLog): Promise<Llama> {
  return getLlama({
    gpu: settings.gpu,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: settings.threads,
    logLevel: LlamaLogLevel.error,
    logger: (level, message) => log.add(level, message),
  });
}

function openContext(model: LlamaModel, settings: RunnerSettings): Promise<LlamaContext> {
  return model.createContext({
    contextSize: settings.contextSize,
    sequences: settings.sequences,
    batchSize: settings.batchSize,
    threads: { ideal: settings.threads, min: settings.threads },
    batching: {
      // The order of the calls is the order of the batch; the scheduler has sorted them by sequence id.
      itemPrioritizationStrategy: ({ items }) =>
        items.map((item) => ({ item, processAmount: item.tokens.length })),
    },
    failedCreationRemedy: false,
  });
}

function describe(
  model: LlamaModel,
  context: LlamaContext | null,
  settings: RunnerSettings,
  loadMs: number,
): Engine {
  const tokenizer = model.fileInfo.metadata.tokenizer;
  const source = tokenizer.chat_template ?? null;
  let template: ChatTemplate | null = null;
  return {
    model,
    context,
    settings,
    facts: {
      contextSize: context?.contextSize ?? settings.contextSize,
      trainContextSize: model.trainContextSize,
      sequences: context === null ? 1 : settings.sequences,
      vocabularySize: tokenizer.ggml.tokens.length,
      embeddingSize: model.embeddingVectorSize,
      hasChatTemplate: source !== null,
      gpu: model.llama.gpu === false ? 'none' : model.llama.gpu,
      gpuLayers: model.gpuLayers,
      loadMs: Math.round(loadMs),
    },
    chatTemplate() {
      template ??= new ChatTemplate({
        source,
        bosToken: model.tokens.bosString ?? '',
        eosToken: model.tokens.eosString ?? '',
        controlTokens: controlTokens(tokenizer.ggml.tokens, tokenizer.ggml.token_type),
      });
      return template;
    },
  };
}

function controlTokens(texts: readonly string[], types: readonly number[] | undefined): string[] {
  if (types === undefined) return [];
  return texts.filter((_, index) => types[index] === controlTokenType);
}

function loadError(error: unknown, reason: string | null): ImpetusError {
  if (error instanceof ImpetusError) return error;
  if (error instanceof InsufficientMemoryError) {
    return new ImpetusError(
      'insufficient_memory',
      'There is not enough memory for this model at this context size. Unload another model, or choose a smaller context or a smaller quant.',
      { cause: error },
    );
  }
  const why = reason ?? (error instanceof Error ? error.message : String(error));
  return new ImpetusError('model_load_failed', `llama.cpp could not load this model: ${why}`, {
    cause: error,
  });
}

export type { Token };
