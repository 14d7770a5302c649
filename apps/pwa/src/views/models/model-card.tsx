import './model-card.css';
import type { ModelEntry } from '@impetus/contracts/models';
import { useLocation } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { LoadButton } from '../../components/load-button/load-button.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { findRunner } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { isSelectingModels, selectedModels } from '../../state/library/library-state.ts';
import { may } from '../../state/rights.ts';
import { viewRunner } from '../../state/runner-view.ts';
import { briefFacts, capabilityWords } from './model-facts.ts';
import { ModelCheck, ModelLink } from './model-link.tsx';
import { modelIdOf } from './model-path.ts';
import { ModelName } from './model-row.tsx';

/** One model as a card: what a row says, with room for what it can do. */
export function ModelCard(props: { readonly model: ModelEntry }): JSX.Element {
  const location = useLocation();
  const runner = () => findRunner(props.model.id);
  const view = () => viewRunner(runner(), isConnected());
  const current = (): boolean => modelIdOf(location.pathname) === props.model.id;
  return (
    <div
      class="model-card"
      data-current={current() || undefined}
      data-selected={selectedModels().ids.has(props.model.id) || undefined}
    >
      <ModelLink model={props.model} class="model-card-link">
        <span class="model-card-name">
          <ModelName model={props.model} />
        </span>
        <span class="model-card-facts">{briefFacts(props.model)}</span>
        <Show
          when={props.model.problem}
          fallback={<span class="model-card-facts">{capabilityWords(props.model)}</span>}
        >
          {(problem) => <span class="model-card-problem">{problem()}</span>}
        </Show>
      </ModelLink>
      <div class="model-card-foot">
        <ModelCheck model={props.model} />
        <Show when={props.model.problem === null && may('load') && !isSelectingModels()}>
          <LoadButton modelId={props.model.id} name={props.model.name} runner={runner()} size="small" />
        </Show>
        <Show when={props.model.problem === null && runner()}>
          <StateLabel kind={view().kind}>{view().short ?? view().words}</StateLabel>
        </Show>
      </div>
      <Show when={view().progress}>
        {(progress) => (
          <div class="model-row-progress">
            <Progress label={`${props.model.name}: ${progress().label}`} value={progress().value} />
          </div>
        )}
      </Show>
    </div>
  );
}
