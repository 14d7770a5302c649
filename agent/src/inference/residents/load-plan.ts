import type { LoadPlan, MemoryBudget, ModelEntry } from '@impetus/contracts';
import type { Verdict } from './admission.ts';
import { fittingContextSize } from '../memory/fit.ts';
import { fitOf, type Launch } from '../launches/launch.ts';
import { listInWords, sizeInWords } from '../memory/words.ts';
import { misfitInWords } from '../memory/refusal.ts';

export interface LoadPlanInput {
  readonly entry: ModelEntry;
  readonly launch: Omit<Launch, 'promptCache'>;
  readonly budget: MemoryBudget;
  /** Null: the model is loaded already. */
  readonly verdict: Verdict | null;
  readonly nameOf: (modelId: string) => string;
}

/** What would happen if a model were loaded now, for its owner. */
export function describeLoad(input: LoadPlanInput): LoadPlan {
  const { entry, launch, budget, verdict } = input;
  const { contextSize, sequences } = launch.settings;
  return {
    modelId: entry.id,
    contextSize,
    sequences,
    estimate: launch.estimate,
    budget,
    evicts: evictedBy(verdict),
    ...inWords(input),
    fittingContextSize:
      verdict?.kind === 'refuse' ? fittingContextSize(fitOf(launch), verdict.roomBytes) : null,
  };
}

function evictedBy(verdict: Verdict | null): readonly string[] {
  if (verdict?.kind === 'evict') return verdict.ids;
  return verdict?.kind === 'wait' ? verdict.victimIds : [];
}

function inWords(input: LoadPlanInput): Pick<LoadPlan, 'verdict' | 'message'> {
  const { entry, launch, budget, verdict, nameOf } = input;
  const needs = sizeInWords(launch.estimate.totalBytes);
  const names = (ids: readonly string[]) => listInWords(ids.map(nameOf));
  switch (verdict?.kind) {
    case undefined:
      return { verdict: 'loaded', message: `${entry.name} is loaded and takes about ${needs}.` };
    case 'start':
      return {
        verdict: 'fits',
        message: `${entry.name} fits: it needs ${needs}, and ${sizeInWords(Math.max(0, budget.limitBytes - budget.usedBytes))} are free.`,
      };
    case 'evict':
      return {
        verdict: 'evicts',
        message: `${entry.name} needs ${needs}; ${names(verdict.ids)} will be unloaded to make room.`,
      };
    case 'wait':
      return {
        verdict: 'waits',
        message: `${entry.name} needs ${needs}; it is loaded once ${names(verdict.forIds)} ${verdict.forIds.length > 1 ? 'have' : 'has'} finished.`,
      };
    case 'refuse':
      return {
        verdict: 'does-not-fit',
        message: misfitInWords({
          modelName: entry.name,
          neededBytes: launch.estimate.totalBytes,
          limitBytes: budget.limitBytes,
          pinnedNames: verdict.pinnedIds.map(nameOf),
          roomBytes: verdict.roomBytes,
          fittingContextSize: fittingContextSize(fitOf(launch), verdict.roomBytes),
        }),
      };
  }
}
