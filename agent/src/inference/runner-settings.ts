import type { ModelEntry, RunnerSettings } from '@impetus/contracts';
import type { KvShape } from '../models/types.ts';
import type { Machine } from '../platform/machine.ts';

export interface SettingsInput {
  readonly entry: ModelEntry;
  readonly shape: KvShape;
  readonly machine: Machine;
  /** The owner's choice; null: chosen for the machine. */
  readonly contextSize: number | null;
  readonly sequences: number | null;
}

const defaultSequences = 4;
const defaultBatchSize = 512;
const smallestContext = 2_048;
const largestContext = 32_768;

/** The part of the memory that one model may take with its KV cache; the rest is for everything else. */
const memoryShare = 0.6;

/** KV entries are kept as 16-bit floats. */
const bytesPerValue = 2;

/** Chooses how a model is held, for this machine: the largest context that leaves the machine room to breathe. */
export function chooseRunnerSettings(input: SettingsInput): RunnerSettings {
  const sequences = input.entry.kind === 'embedding' ? 1 : (input.sequences ?? defaultSequences);
  return {
    contextSize: input.contextSize ?? chooseContextSize(input, sequences),
    sequences,
    batchSize: defaultBatchSize,
    threads: input.machine.threads,
    // Elsewhere the library would probe for every GPU driver there is, at each start.
    gpu: input.machine.platform === 'darwin' ? 'auto' : false,
    purpose: input.entry.kind === 'embedding' ? 'embedding' : 'generation',
  };
}

/** In bytes, for one token of one sequence. */
export function kvBytesPerToken({ blockCount, headCountKv, keyLength, valueLength }: KvShape): number {
  return (blockCount ?? 0) * (headCountKv ?? 0) * ((keyLength ?? 0) + (valueLength ?? 0)) * bytesPerValue;
}

function chooseContextSize({ entry, shape, machine }: SettingsInput, sequences: number): number {
  const trained = Math.min(entry.contextLength ?? smallestContext, largestContext);
  const room = machine.totalMemoryBytes * memoryShare - entry.sizeBytes;
  const perContextToken = kvBytesPerToken(shape) * sequences;
  let contextSize = trained;
  while (contextSize > smallestContext && contextSize * perContextToken > room) contextSize /= 2;
  return Math.floor(Math.max(contextSize, Math.min(smallestContext, trained)));
}
