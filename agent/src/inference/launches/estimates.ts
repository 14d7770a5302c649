import {
  toImpetusError,
  type MemoryEstimate,
  type ModelEntry,
  type RunnerSettings,
} from '@impetus/contracts';
import type { Log } from '../../log/types.ts';
import type { KvShape } from '../../models/types.ts';
import type { ModelFiles } from './model-files.ts';
import { kvBytesPerToken, runnerBytes } from './runner-settings.ts';
import type { SpareRunner } from '../runners/spare-runner.ts';

export interface EstimatesOptions {
  readonly spare: Pick<SpareRunner, 'answers' | 'estimate'>;
  readonly log: Log;
}

export interface EstimateInput {
  readonly entry: ModelEntry;
  readonly files: ModelFiles;
  readonly shape: KvShape;
  readonly settings: RunnerSettings;
}

/** Estimates are small; the oldest goes when there are more. */
const mostRemembered = 500;

/** A computer that was too busy for an estimate may have time for it after so long. */
const lateMs = 5 * 60_000;

/** What models would take in memory, by file and settings; each is worked out once. */
export class Estimates {
  readonly #options: EstimatesOptions;
  readonly #known = new Map<string, Promise<MemoryEstimate>>();

  constructor(options: EstimatesOptions) {
    this.#options = options;
  }

  async of(input: EstimateInput): Promise<MemoryEstimate> {
    if (!this.#options.spare.answers) return plainEstimate(input);
    const key = keyOf(input);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const estimate = this.#ask(key, input);
    this.#known.set(key, estimate);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostRemembered && oldest !== undefined) this.#known.delete(oldest);
    return estimate;
  }

  /**
   * The plain answer is remembered too: a file that ends the runner that looks at it would do so each time. One that
   * only came too late is asked for again after a while.
   */
  async #ask(key: string, input: EstimateInput): Promise<MemoryEstimate> {
    const { entry, settings } = input;
    try {
      return await this.#options.spare.estimate(entry.path, settings);
    } catch (error) {
      const { code, message } = toImpetusError(error);
      this.#options.log.warn({ model: entry.id, err: message }, 'memory is estimated by plain arithmetic');
      if (code === 'timeout') setTimeout(() => this.#known.delete(key), lateMs).unref();
      return plainEstimate(input);
    }
  }
}

/** By the file's size and the header alone, with an allowance for the rest. */
export function plainEstimate({ files, shape, settings }: EstimateInput): MemoryEstimate {
  const perToken = kvBytesPerToken(shape, settings.kvType);
  const weightsBytes = files.sizeBytes;
  const kvBytes = Math.round(perToken * settings.contextSize * settings.sequences);
  return {
    weightsBytes,
    kvBytes,
    computeBytes: runnerBytes,
    totalBytes: weightsBytes + kvBytes + runnerBytes,
  };
}

function keyOf({ files, settings }: EstimateInput): string {
  const { chatTemplate: _, threads: __, ...rest } = settings;
  return JSON.stringify([files.identity, rest]);
}
