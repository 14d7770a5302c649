import {
  ImpetusError,
  type KvType,
  type ModelEntry,
  type ModelSettings,
  type RunnerSettings,
  type Speculation,
} from '@impetus/contracts';
import type { KvShape } from '../../models/types.ts';
import type { Machine } from '../../platform/machine.ts';

export interface SettingsInput {
  readonly entry: ModelEntry;
  readonly shape: KvShape;
  readonly machine: Machine;
  /** What the owner chose for this model. */
  readonly settings: ModelSettings;
  /** What the operator chose for all models; null: chosen for the machine. */
  readonly contextSize: number | null;
  readonly sequences: number | null;
  /** What clients asked for, in tokens; it counts where nobody chose the context. */
  readonly contextWish?: number | undefined;
  /** What all models may take together, in bytes. */
  readonly limitBytes: number;
  /** The file of a model by its id, for guessing ahead; null where there is none that can be used. */
  readonly pathOf: (modelId: string) => string | null;
}

const defaultSequences = 4;
const defaultBatchSize = 512;
const smallestContext = 2_048;
const largestContext = 32_768;

/** The part of the memory that one model may take with its KV cache; the rest is for everything else. */
const memoryShare = 0.6;

/** What a runner takes beside weights and KV cache, roughly: itself, and what it computes in. */
export const runnerBytes = 300_000_000;

/** What one value takes; the quantised ones are blocks of 32 with a scale of 16 bits. In bytes. */
const bytesPerValue: Readonly<Record<KvType, number>> = { f16: 2, q8_0: 34 / 32, q4_0: 18 / 32 };

/**
 * Chooses how a model is held: what its owner chose for it, else what the operator chose for all, else what is good
 * for this machine. Throws `invalid_request` for choices that exclude each other.
 */
export function chooseRunnerSettings(input: SettingsInput): RunnerSettings {
  const { entry, machine, settings } = input;
  // Embeddings and scores have a context of their own; text needs another one.
  const embedding = entry.kind === 'embedding' || entry.kind === 'rerank';
  const sequences = embedding ? 1 : (settings.sequences ?? input.sequences ?? defaultSequences);
  const kvType = settings.kvType ?? 'f16';
  return {
    contextSize: settings.contextSize ?? input.contextSize ?? chooseContextSize(input, sequences, kvType),
    sequences,
    // Each sequence needs a place in a batch.
    batchSize: Math.max(settings.batchSize ?? defaultBatchSize, sequences),
    threads: settings.threads ?? machine.threads,
    gpu: gpuOf(machine),
    purpose: embedding ? 'embedding' : 'generation',
    gpuLayers: settings.gpuLayers,
    flashAttention: chooseFlashAttention(entry, settings),
    kvType,
    chatTemplate: settings.chatTemplate,
    speculation: embedding ? { kind: 'off' } : chooseSpeculation(input),
    adapters: settings.adapters,
  };
}

/** Elsewhere than on a Mac the library would probe for every GPU driver there is, at each start. */
export function gpuOf({ platform }: Machine): RunnerSettings['gpu'] {
  return platform === 'darwin' ? 'auto' : false;
}

/** Whether nobody chose how large the context is, so that it may follow the memory. */
export function contextIsFree({
  settings,
  contextSize,
}: Pick<SettingsInput, 'settings' | 'contextSize'>): boolean {
  return settings.contextSize === null && contextSize === null;
}

/** In bytes, for one token of one sequence. */
export function kvBytesPerToken(
  { blockCount, headCountKv, keyLength, valueLength }: KvShape,
  kvType: KvType,
): number {
  const values = (blockCount ?? 0) * (headCountKv ?? 0) * ((keyLength ?? 0) + (valueLength ?? 0));
  return values * bytesPerValue[kvType];
}

/** What is usual, or what clients asked for where that is more and there is room for it. */
function chooseContextSize(input: SettingsInput, sequences: number, kvType: KvType): number {
  const fitting = (most: number) => fittingContext(input, sequences, kvType, most);
  return Math.max(fitting(largestContext), fitting(input.contextWish ?? 0));
}

function fittingContext(
  { entry, shape, machine, limitBytes }: SettingsInput,
  sequences: number,
  kvType: KvType,
  most: number,
): number {
  const trained = Math.min(entry.contextLength ?? smallestContext, most);
  const room = Math.min(machine.totalMemoryBytes * memoryShare, limitBytes) - entry.sizeBytes - runnerBytes;
  const perContextToken = kvBytesPerToken(shape, kvType) * sequences;
  let contextSize = trained;
  while (contextSize > smallestContext && contextSize * perContextToken > room) contextSize /= 2;
  return Math.floor(Math.max(contextSize, Math.min(smallestContext, trained)));
}

/** llama.cpp keeps quantised values only with flash attention. */
function chooseFlashAttention(entry: ModelEntry, { kvType, flashAttention }: ModelSettings): boolean | null {
  if (kvType === null || kvType === 'f16') return flashAttention;
  if (flashAttention !== false) return true;
  throw new ImpetusError(
    'invalid_request',
    `A KV cache of the type ${kvType} needs flash attention, which is off in the settings of ${entry.name}. Switch it on, or choose the type f16.`,
    { param: 'kvType' },
  );
}

function chooseSpeculation({ entry, settings, pathOf }: SettingsInput): Speculation {
  if (settings.speculation !== 'draft') return { kind: settings.speculation };
  const { draftModel } = settings;
  const modelPath = draftModel === null ? null : pathOf(draftModel);
  if (modelPath !== null) return { kind: 'draft', modelPath };
  const why = draftModel === null ? 'none is chosen' : `there is no usable model “${draftModel}” here`;
  throw new ImpetusError(
    'invalid_request',
    `${entry.name} is to be sped up by a draft model, but ${why}. Choose another draft model in its settings, or switch speculative decoding off.`,
    { param: 'draftModel' },
  );
}
