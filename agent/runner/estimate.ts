import { GgmlType, GgufInsights, readGgufFileInfo, type GgufFileInfo } from 'node-llama-cpp';
import { stat } from 'node:fs/promises';
import type { KvType, MemoryEstimate, RunnerSettings } from '@impetus/contracts';
import { bytesOfContext } from './large-contexts.ts';
import type { Library } from './library.ts';

/** Of a vocabulary these are the bulk, and none of them decides how much memory the model takes. */
const ignoreKeys = ['tokens', 'scores', 'token_type', 'merges'].map((key) => `tokenizer.ggml.${key}`);

/** What one value takes; the quantised ones are blocks of 32 with a scale of 16 bits. In bytes. */
const bytesPerValue: Readonly<Record<KvType, number>> = { f16: 2, q8_0: 34 / 32, q4_0: 18 / 32 };

const ggmlTypes: Readonly<Record<KvType, GgmlType>> = {
  f16: GgmlType.F16,
  q8_0: GgmlType.Q8_0,
  q4_0: GgmlType.Q4_0,
};

/**
 * What a model would take with these settings, as llama.cpp itself computes it without loading the weights.
 * `emptyBytes`: what a runner takes before it has a model.
 */
export async function estimateMemory(
  library: Library,
  modelPath: string,
  settings: RunnerSettings,
  emptyBytes: number,
): Promise<MemoryEstimate> {
  const own = await measure(library, modelPath, settings);
  const draft =
    settings.speculation.kind === 'draft'
      ? await measure(library, settings.speculation.modelPath, { ...settings, kvType: 'f16' })
      : none;
  const adapters = await Promise.all(settings.adapters.map(async ({ path }) => (await stat(path)).size));
  const weightsBytes =
    own.weightsBytes + draft.weightsBytes + adapters.reduce((total, size) => total + size, 0);
  const kvBytes = own.kvBytes + draft.kvBytes;
  const computeBytes = own.computeBytes + draft.computeBytes + emptyBytes;
  return { weightsBytes, kvBytes, computeBytes, totalBytes: weightsBytes + kvBytes + computeBytes };
}

type Measured = Omit<MemoryEstimate, 'totalBytes'>;

const none: Measured = { weightsBytes: 0, kvBytes: 0, computeBytes: 0 };

async function measure({ llama }: Library, modelPath: string, settings: RunnerSettings): Promise<Measured> {
  const file = await readGgufFileInfo(modelPath, {
    sourceType: 'filesystem',
    logWarnings: false,
    ignoreKeys,
  });
  const insights = await GgufInsights.from(file, llama);
  const gpuLayers = llama.gpu === false ? 0 : (settings.gpuLayers ?? insights.totalLayers);
  const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers });
  const embedding = settings.purpose === 'embedding';
  const contextBytes = await bytesOfContext(settings, async (contextSize) => {
    const { cpuRam, gpuVram } = await insights.estimateContextResourceRequirementsV2({
      contextSize,
      modelGpuLayers: gpuLayers,
      batchSize: embedding ? contextSize : settings.batchSize,
      sequences: settings.sequences,
      isEmbeddingContext: embedding,
      flashAttention: settings.flashAttention ?? 'auto',
      kvCacheKeyType: ggmlTypes[settings.kvType],
      kvCacheValueType: ggmlTypes[settings.kvType],
    });
    return cpuRam + gpuVram;
  });
  // A sliding window keeps fewer tokens than this; llama.cpp's own sum is the bound.
  const kvBytes = Math.min(contextBytes, Math.round(fullKvBytes(file, settings)));
  return { weightsBytes: weights.cpuRam + weights.gpuVram, kvBytes, computeBytes: contextBytes - kvBytes };
}

/** Keys and values of all tokens of all sequences in all layers. */
function fullKvBytes({ architectureMetadata }: GgufFileInfo, settings: RunnerSettings): number {
  const { attention, block_count: layers = 0, embedding_length: width = 0 } = architectureMetadata;
  const heads = firstOf(attention?.head_count) ?? 1;
  const keyLength = attention?.key_length ?? width / heads;
  const valueLength = attention?.value_length ?? width / heads;
  const kvHeads = attention?.head_count_kv ?? heads;
  const allHeads = Array.isArray(kvHeads)
    ? kvHeads.reduce((total, count) => total + count, 0)
    : kvHeads * layers;
  const tokens = settings.contextSize * settings.sequences;
  return tokens * allHeads * (keyLength + valueLength) * bytesPerValue[settings.kvType];
}

function firstOf(value: number | readonly number[] | undefined): number | undefined {
  return typeof value === 'number' ? value : value?.[0];
}
