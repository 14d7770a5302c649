import type { MemoryEstimate, PromptCacheOptions, RunnerSettings } from '@impetus/contracts';
import type { Fit } from '../memory/fit.ts';

/** All that a runner is told of its model, and what it will take. */
export interface Launch {
  readonly settings: RunnerSettings;
  readonly estimate: MemoryEstimate;
  /** With the smallest context; null where the model fits as it is. */
  readonly smallest: MemoryEstimate | null;
  readonly promptCache: PromptCacheOptions | null;
}

export function fitOf({ settings, estimate, smallest }: Omit<Launch, 'promptCache'>): Fit {
  return { contextSize: settings.contextSize, estimate, smallest };
}
