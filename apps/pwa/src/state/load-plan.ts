import type { LoadPlan } from '@impetus/contracts/memory';
import type { RunnerStatus } from '@impetus/contracts/models';
import { formatBytes, formatCount } from '../lib/format.ts';
import type { ModelInQuestion } from './memory-view.ts';

/** A load plan in words: what will happen, and what the button says that makes it happen. */
export interface PlanView {
  /** `refused`: it cannot be loaded like this. */
  readonly tone: 'fits' | 'makes-room' | 'refused';
  /** What will happen, in a few words. */
  readonly headline: string;
  /** What the button says; null where there is nothing to press. */
  readonly verb: string | null;
  /** The context that is to be applied first, where only a smaller one fits. */
  readonly contextSize: number | null;
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** A plan of a loaded model speaks of what it takes now, even where its settings have changed since. */
export function asHeld(plan: LoadPlan, runner: RunnerStatus | undefined): LoadPlan {
  const estimate = runner?.estimate ?? null;
  return plan.verdict === 'loaded' && estimate !== null ? { ...plan, estimate } : plan;
}

/** What loading would do. */
export function viewPlan(plan: LoadPlan, nameOf: (modelId: string) => string): PlanView {
  const need = formatBytes(plan.estimate.totalBytes);
  const leaving = list.format(plan.evicts.map(nameOf));
  switch (plan.verdict) {
    case 'loaded':
      return { tone: 'fits', headline: `Takes ${need}`, verb: null, contextSize: null };
    case 'fits':
      return { tone: 'fits', headline: `Fits, takes ${need}`, verb: 'Load', contextSize: null };
    case 'evicts':
      return {
        tone: 'makes-room',
        headline: `Takes ${need}: unloads ${leaving}`,
        verb: `Load and unload ${goes(plan, nameOf)}`,
        contextSize: null,
      };
    case 'waits':
      return {
        tone: 'makes-room',
        headline: `Takes ${need}: unloads ${leaving} when done`,
        verb: `Load when ${goes(plan, nameOf)} ${plan.evicts.length === 1 ? 'is' : 'are'} done`,
        contextSize: null,
      };
    case 'does-not-fit':
      return refused(plan, need);
  }
}

/** Names do not fit on a button but one. */
function goes({ evicts }: LoadPlan, nameOf: (modelId: string) => string): string {
  const [only] = evicts;
  return evicts.length === 1 && only !== undefined ? nameOf(only) : `${evicts.length} models`;
}

function refused({ fittingContextSize, contextSize }: LoadPlan, need: string): PlanView {
  if (fittingContextSize === null) {
    return { tone: 'refused', headline: `Does not fit: takes ${need}`, verb: null, contextSize: null };
  }
  return {
    tone: 'refused',
    headline: `Does not fit with ${formatCount(contextSize)} tokens of context`,
    verb: `Load with ${formatCount(fittingContextSize)} tokens`,
    contextSize: fittingContextSize,
  };
}

/** The model of a plan as the memory bar draws it. */
export function inQuestion(plan: LoadPlan): ModelInQuestion {
  return {
    modelId: plan.modelId,
    estimate: plan.estimate,
    held: plan.verdict === 'loaded',
    fits: plan.verdict !== 'does-not-fit',
    evicts: plan.evicts,
  };
}

/** Whether loading takes nothing from anybody and needs no question. */
export function isPlain({ verdict }: LoadPlan): boolean {
  return verdict === 'loaded' || verdict === 'fits';
}
