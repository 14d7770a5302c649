import type { MemoryBudget } from '@impetus/contracts';
import type { SystemMemory } from '../../platform/system-memory.ts';

export interface BudgetInput {
  /** The owner's choice; null: none. */
  readonly settingBytes: number | null;
  /** The working set that the GPU's driver recommends; null: no GPU, or not known yet. */
  readonly gpuBytes: number | null;
  readonly memory: SystemMemory;
  /** What runners hold of the memory that is not available. */
  readonly heldBytes: number;
}

/** Left to everything else on the computer, where models take from what is free. */
const reserveShare = 0.1;
const largestReserveBytes = 2 * 2 ** 30;

/** What all models may take together. */
export function memoryLimit(input: BudgetInput): Pick<MemoryBudget, 'limitBytes' | 'source'> {
  const { settingBytes, gpuBytes, memory } = input;
  if (settingBytes !== null) return { limitBytes: settingBytes, source: 'setting' };
  if (gpuBytes !== null) return { limitBytes: gpuBytes, source: 'gpu' };
  const reserve = Math.min(memory.totalBytes * reserveShare, largestReserveBytes);
  const free = Math.min(memory.availableBytes + input.heldBytes, memory.totalBytes) - reserve;
  return { limitBytes: Math.max(0, Math.floor(free)), source: 'free' };
}

export interface Usage {
  readonly estimatedBytes: number;
  readonly weightsBytes: number;
  /** As the runner tells; null: not yet. */
  readonly residentBytes: number | null;
}

/**
 * What a model counts for: its estimate, or what its process holds where that turned out to be more. On a GPU the
 * estimate alone: a driver's memory is not the process's own.
 */
export function countedBytes({ estimatedBytes, residentBytes }: Usage, onGpu: boolean): number {
  return onGpu ? estimatedBytes : Math.max(estimatedBytes, residentBytes ?? 0);
}

/**
 * What a model holds of the memory that is not available to others. Weights are mapped from their file, and the
 * system counts such pages as available: it drops them when it needs them.
 */
export function heldBytes({ weightsBytes, residentBytes }: Usage): number {
  return Math.max(0, (residentBytes ?? 0) - weightsBytes);
}
