import './model-row.css';
import type { ModelEntry } from '@impetus/contracts/models';
import { useLocation } from '@solidjs/router';
import Star from 'lucide-solid/icons/star';
import { Show, type JSX } from 'solid-js';
import { Badge } from '../../components/badge/badge.tsx';
import { LoadButton } from '../../components/load-button/load-button.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { SwitchButton } from '../../components/switch-button/switch-button.tsx';
import { agentState, findRunner } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { isSelectingModels, selectedModels } from '../../state/library/library-state.ts';
import { sourceNames } from '../../state/library/words.ts';
import { may } from '../../state/rights.ts';
import { unloadedView, viewRunner, type RunnerView } from '../../state/runner-view.ts';
import { ModelCheck, ModelLink } from './model-link.tsx';
import { modelIdOf } from './model-path.ts';
import { briefFacts } from './model-facts.ts';

/** One model: its name, two facts, one state, one action. */
export function ModelRow(props: { readonly model: ModelEntry }): JSX.Element {
  const location = useLocation();
  const runner = () => findRunner(props.model.id);
  const view = (): RunnerView => {
    const present = runner();
    return present === undefined ? unloadedView : viewRunner(present, isConnected());
  };
  const current = (): boolean => modelIdOf(location.pathname) === props.model.id;
  return (
    <div
      class="model-row"
      data-current={current() || undefined}
      data-selected={selectedModels().ids.has(props.model.id) || undefined}
    >
      <ModelCheck model={props.model} />
      <ModelLink model={props.model} class="model-row-link">
        <span class="model-row-name">
          <ModelName model={props.model} />
        </span>
        <span class="model-row-facts">
          <span class="truncate">{briefFacts(props.model)}</span>
          <Show when={props.model.problem === null && runner()}>
            <StateLabel kind={view().kind}>{view().short ?? view().words}</StateLabel>
          </Show>
        </span>
        <Show when={props.model.problem}>
          <span class="model-row-problem">{props.model.problem}</span>
        </Show>
      </ModelLink>
      <Show when={props.model.problem === null && may('load') && !isSelectingModels()}>
        <div class="model-row-actions">
          <SwitchButton model={props.model} />
          <LoadButton modelId={props.model.id} name={props.model.name} runner={runner()} size="small" />
        </div>
      </Show>
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

/** A model's name, and the marks that tell it from others at a glance. */
export function ModelName(props: { readonly model: ModelEntry }): JSX.Element {
  const isElsewhere = (): boolean => !['folder', 'sample'].includes(props.model.source);
  return (
    <>
      <span class="model-name">{props.model.name}</span>
      <Show when={props.model.favourite}>
        <Star class="model-star" aria-label="Favourite" />
      </Show>
      <Show when={props.model.source === 'sample'}>
        <Badge>Sample</Badge>
      </Show>
      <Show when={isElsewhere()}>
        <Badge>{sourceNames[props.model.source]}</Badge>
      </Show>
      <Show when={agentState.defaultModel === props.model.id}>
        <Badge>Default</Badge>
      </Show>
    </>
  );
}
