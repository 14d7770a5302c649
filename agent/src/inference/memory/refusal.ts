import { ImpetusError } from '@impetus/contracts';
import { listInWords, sizeInWords } from './words.ts';

export interface Misfit {
  readonly modelName: string;
  readonly neededBytes: number;
  /** What all models may take together. */
  readonly limitBytes: number;
  /** Names of the pinned models that stay, and what they leave. */
  readonly pinnedNames: readonly string[];
  readonly roomBytes: number;
  /** The largest context that would fit; null where none does. */
  readonly fittingContextSize: number | null;
}

/** For a model that cannot fit, whoever else goes. */
export function doesNotFit(misfit: Misfit): ImpetusError {
  return new ImpetusError('insufficient_memory', misfitInWords(misfit), { param: 'model' });
}

export function misfitInWords(misfit: Misfit): string {
  const { modelName, neededBytes, limitBytes, pinnedNames, roomBytes, fittingContextSize } = misfit;
  const pinned =
    pinnedNames.length === 0
      ? ''
      : `, of which pinned models (${listInWords(pinnedNames)}) leave ${sizeInWords(roomBytes)}`;
  const context = fittingContextSize === null ? '' : `a context size of ${fittingContextSize}, or `;
  return `${modelName} does not fit into memory: it needs ${sizeInWords(neededBytes)}, and the limit for all models is ${sizeInWords(limitBytes)}${pinned}. Try ${context}a smaller quant.`;
}
