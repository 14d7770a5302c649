import type { ModelEntry } from '@impetus/contracts/models';
import { createSignal, type Accessor } from 'solid-js';
import { usePlan, type PlanState } from '../../state/use-plan.ts';

/** Whether a model fits, with the context that its reader tries out. */
export interface Fit extends PlanState {
  /** The context that is tried out; null: the one of the model's settings. */
  readonly contextSize: Accessor<number | null>;
  readonly tryContext: (contextSize: number | null) => void;
}

/** Follows whether a model fits; trying out another context changes nothing until it is loaded with it. */
export function useFit(model: Accessor<ModelEntry>): Fit {
  const [contextSize, tryContext] = createSignal<number | null>(null);
  const settings = () => {
    const tried = contextSize();
    return tried === null ? undefined : { contextSize: tried };
  };
  return { ...usePlan(() => model().id, settings), contextSize, tryContext };
}
