import type { MemoryEstimate } from '@impetus/contracts';

/** A context is cut to a multiple of this, as llama.cpp pads it, and is never smaller. In tokens. */
export const contextStep = 256;

export interface Fit {
  readonly contextSize: number;
  readonly estimate: MemoryEstimate;
  /** The same with a context of one step; null where it was not worked out. */
  readonly smallest: MemoryEstimate | null;
}

/**
 * The largest context that fits into `limitBytes`; null where none does. Between the two estimates memory grows at
 * most in a straight line, so the answer is rather too small than too large. Without the smaller one, what the model
 * computes in is taken as it is.
 */
export function fittingContextSize(
  { contextSize, estimate, smallest }: Fit,
  limitBytes: number,
): number | null {
  if (estimate.totalBytes <= limitBytes) return contextSize;
  const growing = smallest === null ? estimate.kvBytes : estimate.totalBytes - smallest.totalBytes;
  const steps = smallest === null ? contextSize : contextSize - contextStep;
  if (growing <= 0 || steps <= 0) return null;
  const excess = estimate.totalBytes - limitBytes;
  const fitting = Math.floor((contextSize - (excess / growing) * steps) / contextStep) * contextStep;
  return fitting < contextStep ? null : fitting;
}
