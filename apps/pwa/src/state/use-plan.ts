import type { LoadPlan } from '@impetus/contracts/memory';
import type { ModelSettings } from '@impetus/contracts/model-settings';
import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import { api } from '../api/client.ts';
import { toFailure, type Failure } from '../api/failure.ts';
import { agentState } from './agent-state.ts';
import { isConnected } from './connection.ts';

/** While a slider moves, the Mac is asked for its last place alone. */
const settledMs = 200;

/** What loading a model would do, as of a moment ago. */
export interface PlanState {
  /** The last answer; it stays while the next one is on its way, or the Mac is away. */
  readonly plan: Accessor<LoadPlan | null>;
  readonly failure: Accessor<Failure | null>;
}

/** Asks what loading a model would do, with settings that are not stored yet. */
export function planModel(id: string, settings?: Partial<ModelSettings>): Promise<LoadPlan> {
  return api.models.plan.query({ id, ...(settings !== undefined && { settings }) });
}

/** Follows what loading a model would do, as settings and the memory change. */
export function usePlan(
  modelId: Accessor<string>,
  settings: Accessor<Partial<ModelSettings> | undefined> = () => undefined,
  first: LoadPlan | null = null,
): PlanState {
  const [plan, setPlan] = createSignal(first);
  /** What the plan is the answer to; null: what was there at first. */
  const [answered, setAnswered] = createSignal<string | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  // The same settings, written down once more, are no reason to ask again.
  const question = createMemo(() => JSON.stringify([modelId(), settings()]));
  let lastAsked = 0;

  const ask = async (): Promise<void> => {
    lastAsked += 1;
    const asked = lastAsked;
    const about = question();
    try {
      const answer = await planModel(modelId(), settings());
      if (asked !== lastAsked) return;
      setPlan(answer);
      setAnswered(about);
      setFailure(null);
    } catch (error) {
      if (asked === lastAsked) setFailure(toFailure(error, 'It is not known whether it fits.'));
    }
  };

  createEffect(
    on([question, createMemo(situation), isConnected], () => {
      if (!isConnected()) return;
      const timer = setTimeout(() => void ask(), plan()?.modelId === modelId() ? settledMs : 0);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  onCleanup(() => {
    lastAsked += 1;
  });
  /** While the Mac is away nobody answers what was asked since. */
  const holds = (): boolean => isConnected() || answered() === null || answered() === question();
  return { plan: () => (plan()?.modelId === modelId() && holds() ? plan() : null), failure };
}

/** What of the Mac's state changes a plan: who is held, who is busy, and how much there may be. */
function situation(): string {
  const held = agentState.runners.map(
    ({ modelId, state, contextSize, active, pinned }) =>
      `${modelId} ${state} ${contextSize} ${active > 0} ${pinned}`,
  );
  const { budget } = agentState.memory ?? {};
  // A limit that follows the free memory moves all the time: only what matters of it counts.
  const limit = Math.round((budget?.limitBytes ?? 0) / 1e8);
  return [...held, limit].join('\n');
}
