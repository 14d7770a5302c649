import {
  InsufficientMemoryError,
  type CustomBatchingDispatchSchedule,
  type CustomBatchingPrioritizationStrategy,
  type LlamaContext,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import {
  ImpetusError,
  type LoadedModel,
  type LoadStage,
  type ModelCapabilities,
  type PromptCacheOptions,
  type RunnerSettings,
} from '@impetus/contracts';
import { checkAdapters } from './adapters.ts';
import type { Library } from './library.ts';
import { checkVocabularies } from './speculation.ts';
import { checkWeights } from './check-weights.ts';
import { CallRulesCache } from './grammar/call-rules.ts';
import { GrammarStates } from './grammar/states.ts';
import type { SteeringParts } from './grammar/steering.ts';
import { canInfill } from './infill.ts';
import { ChatTemplate } from './templates/chat-template.ts';

/** GGUF's token type for tokens that steer a model and are not text. */
const controlTokenType = 3;

/** A model in memory and the places where it works. */
export interface Engine {
  readonly model: LlamaModel;
  /** Null where the model was loaded for embeddings alone. */
  readonly context: LlamaContext | null;
  /** Where a smaller model guesses ahead; null where none does. */
  readonly draft: LlamaContext | null;
  readonly settings: RunnerSettings;
  /** Where states of idle sequences are kept; null where they are not. */
  readonly promptCache: PromptCacheOptions | null;
  readonly facts: LoadedModel;
  /** The vocabulary's control tokens and their texts. */
  readonly controlTokens: ReadonlyMap<number, string>;
  /** What keeps answers to grammars. */
  readonly steering: SteeringParts;
  /** Parsed at its first use, so that a model with a broken template still completes text. */
  chatTemplate(): ChatTemplate;
}

export interface EngineRequest {
  readonly modelPath: string;
  readonly settings: RunnerSettings;
  readonly promptCache: PromptCacheOptions | null;
}

type OnProgress = (stage: LoadStage, fraction: number) => void;

/** Loads a model. Throws an ImpetusError that says why it cannot be loaded. */
export async function loadEngine(
  library: Library,
  { modelPath, settings, promptCache }: EngineRequest,
  onProgress: OnProgress,
): Promise<Engine> {
  const startedAt = performance.now();
  library.log.clear();
  library.llama.maxThreads = settings.threads;
  try {
    const model = await loadModel(library, modelPath, settings, onProgress);
    onProgress('context', 0);
    await checkAdapters(settings.adapters, model.architecture);
    const generates = settings.purpose === 'generation';
    const context = generates ? await openContext(model, settings) : null;
    if (context !== null) await checkWeights(context);
    const draft = generates ? await openDraft(library, model, settings) : null;
    onProgress('context', 1);
    const loadMs = performance.now() - startedAt;
    const control = controlTokensOf(model);
    const chatTemplate = chatTemplateOf(model, settings, control);
    const capabilities = capabilitiesOf(model, chatTemplate);
    return {
      model,
      context,
      draft,
      settings,
      promptCache,
      facts: describe(model, context, settings, loadMs, capabilities),
      controlTokens: control,
      steering: { model, states: new GrammarStates(model), rules: new CallRulesCache() },
      chatTemplate,
    };
  } catch (error) {
    throw loadError(error, library.log.reason());
  }
}

function loadModel(
  { llama }: Library,
  modelPath: string,
  { gpuLayers }: RunnerSettings,
  onProgress: OnProgress,
): Promise<LlamaModel> {
  return llama.loadModel({
    modelPath,
    ...(gpuLayers !== null && { gpuLayers }),
    onLoadProgress: (fraction) => onProgress('weights', fraction),
  });
}

function openContext(model: LlamaModel, settings: RunnerSettings): Promise<LlamaContext> {
  const { kvType, flashAttention, adapters } = settings;
  const kvCacheType = ({ f16: 'F16', q8_0: 'Q8_0', q4_0: 'Q4_0' } as const)[kvType];
  return model.createContext({
    ...sizes(settings),
    flashAttention: flashAttention ?? 'auto',
    experimentalKvCacheKeyType: kvCacheType,
    experimentalKvCacheValueType: kvCacheType,
    ...(adapters.length > 0 && {
      lora: { adapters: adapters.map(({ path, scale }) => ({ filePath: path, scale })) },
    }),
  });
}

/** The model that guesses has as many sequences, one beside each of the other's. */
async function openDraft(
  { llama }: Library,
  model: LlamaModel,
  settings: RunnerSettings,
): Promise<LlamaContext | null> {
  if (settings.speculation.kind !== 'draft') return null;
  const draft = await llama.loadModel({ modelPath: settings.speculation.modelPath });
  checkVocabularies(model, draft);
  return draft.createContext(sizes(settings));
}

function sizes(settings: RunnerSettings) {
  return {
    contextSize: settings.contextSize,
    sequences: settings.sequences,
    batchSize: settings.batchSize,
    threads: { ideal: settings.threads, min: settings.threads },
    batching: { itemPrioritizationStrategy: inOrder, dispatchSchedule: afterThisTick },
    failedCreationRemedy: false,
  } as const;
}

/** All that a step asks of the sequences is asked within one tick: the batch need not wait for the event loop's turn. */
const afterThisTick: CustomBatchingDispatchSchedule = (dispatch) => process.nextTick(dispatch);

/** The order of the calls is the order of the batch; the scheduler has sorted them by sequence id. */
const inOrder: CustomBatchingPrioritizationStrategy = ({ items, size }) => {
  let room = size;
  return items.map((item) => {
    const processAmount = Math.min(item.tokens.length, room);
    room -= processAmount;
    return { item, processAmount };
  });
};

function describe(
  model: LlamaModel,
  context: LlamaContext | null,
  settings: RunnerSettings,
  loadMs: number,
  capabilities: ModelCapabilities,
): LoadedModel {
  const { ggml, chat_template: ownTemplate } = model.fileInfo.metadata.tokenizer;
  return {
    contextSize: context?.contextSize ?? settings.contextSize,
    trainContextSize: model.trainContextSize,
    sequences: context === null ? 1 : settings.sequences,
    vocabularySize: ggml.tokens.length,
    embeddingSize: model.embeddingVectorSize,
    hasChatTemplate: (settings.chatTemplate ?? ownTemplate ?? null) !== null,
    capabilities,
    gpu: model.llama.gpu === false ? 'none' : model.llama.gpu,
    gpuLayers: model.gpuLayers,
    loadMs: Math.round(loadMs),
  };
}

function chatTemplateOf(
  model: LlamaModel,
  settings: RunnerSettings,
  control: ReadonlyMap<number, string>,
): () => ChatTemplate {
  const { chat_template: ownTemplate } = model.fileInfo.metadata.tokenizer;
  let template: ChatTemplate | null = null;
  return () => {
    template ??= new ChatTemplate({
      source: settings.chatTemplate ?? ownTemplate ?? null,
      bosToken: model.tokens.bosString ?? '',
      eosToken: model.tokens.eosString ?? '',
      controlTokens: [...control.values()],
    });
    return template;
  };
}

/** A broken template is told by the chats that need it; a model without a working one still completes text. */
function capabilitiesOf(model: LlamaModel, chatTemplate: () => ChatTemplate): ModelCapabilities {
  const infill = canInfill(model);
  try {
    return { ...chatTemplate().capabilities, infill };
  } catch {
    return { chat: false, tools: false, reasoning: false, reasoningChoice: false, infill };
  }
}

function controlTokensOf(model: LlamaModel): ReadonlyMap<number, string> {
  const { tokens, token_type } = model.fileInfo.metadata.tokenizer.ggml;
  const types: readonly number[] = token_type ?? [];
  const found = new Map<number, string>();
  types.forEach((type, token) => {
    if (type === controlTokenType) found.set(token, tokens[token] ?? '');
  });
  return found;
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
