import './load-plan.css';
import type { LoadPlan as Plan } from '@impetus/contracts/memory';
import { Show, type JSX } from 'solid-js';
import type { Failure } from '../../api/failure.ts';
import { awayReason } from '../../state/actions.ts';
import { agentState, findRunner, modelName } from '../../state/agent-state.ts';
import { asHeld, inQuestion, viewPlan } from '../../state/load-plan.ts';
import { viewMemory } from '../../state/memory-view.ts';
import { MemoryBar } from '../memory-bar/memory-bar.tsx';
import { StateMark, type StateKind } from '../state-mark/state-mark.tsx';

export interface LoadPlanProps {
  readonly plan: Plan | null;
  readonly failure: Failure | null;
  /** The verdict and the bar alone. */
  readonly compact?: boolean;
}

const marks: Record<ReturnType<typeof viewPlan>['tone'], StateKind> = {
  fits: 'done',
  'makes-room': 'waiting',
  refused: 'failed',
};

/** What loading a model would do, in words and in the memory bar; its place is kept while that is not known. */
export function LoadPlan(props: LoadPlanProps): JSX.Element {
  const plan = () => (props.plan === null ? null : asHeld(props.plan, findRunner(props.plan.modelId)));
  const words = () => {
    const known = plan();
    return known === null ? null : viewPlan(known, modelName);
  };
  const unknown = (): string | null => props.failure?.what ?? awayReason();
  const memory = () => {
    const sample = agentState.memory;
    if (sample === null) return null;
    const known = plan();
    return viewMemory(sample, agentState.runners, modelName, known === null ? undefined : inQuestion(known));
  };
  return (
    <div class="load-plan" data-compact={props.compact ? '' : undefined}>
      <div class="load-plan-words" aria-live="polite">
        <Show when={words()} fallback={<p class="load-plan-unknown">{unknown()}</p>}>
          {(said) => (
            <>
              <p class="load-plan-headline">
                <StateMark kind={marks[said().tone]} />
                <span>{said().headline}</span>
              </p>
              <Show when={!props.compact && said().tone === 'refused'}>
                <p class="load-plan-message">{props.plan?.message}</p>
              </Show>
            </>
          )}
        </Show>
        <Show when={props.plan === null && props.failure?.why}>
          {(why) => <p class="load-plan-message">{why()}</p>}
        </Show>
      </div>
      <Show when={memory()}>{(view) => <MemoryBar view={view()} compact={props.compact ?? false} />}</Show>
    </div>
  );
}
