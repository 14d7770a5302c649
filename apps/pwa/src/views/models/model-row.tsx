import './model-row.css';
import type { ModelEntry } from '@impetus/contracts/models';
import { useLocation } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { Badge } from '../../components/badge/badge.tsx';
import { LoadButton } from '../../components/load-button/load-button.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { SwitchButton } from '../../components/switch-button/switch-button.tsx';
import { formatBytes, formatParameters } from '../../lib/format.ts';
import { agentState, findRunner } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { unloadedView, viewRunner, type RunnerView } from '../../state/runner-view.ts';
import { modelIdOf, modelPath } from './model-path.ts';

/** One model: its name, two facts, one state, one action. */
export function ModelRow(props: { readonly model: ModelEntry }): JSX.Element {
  const location = useLocation();
  const runner = () => findRunner(props.model.id);
  const view = (): RunnerView => {
    const present = runner();
    return present === undefined ? unloadedView : viewRunner(present, isConnected());
  };
  const facts = (): string => {
    const { sizeBytes, parameters, quant, architecture } = props.model;
    const second = [parameters === null ? architecture : formatParameters(parameters), quant];
    return [formatBytes(sizeBytes), second.filter(Boolean).join(' ')].filter(Boolean).join(' · ');
  };
  const current = (): boolean => modelIdOf(location.pathname) === props.model.id;
  return (
    <li class="model-row" data-current={current() || undefined}>
      <a
        class="model-row-link"
        href={modelPath(props.model.id)}
        aria-current={current() ? 'page' : undefined}
      >
        <span class="model-row-name">
          <span class="truncate">{props.model.name}</span>
          <Show when={props.model.source === 'sample'}>
            <Badge>Sample</Badge>
          </Show>
          <Show when={agentState.defaultModel === props.model.id}>
            <Badge>Default</Badge>
          </Show>
        </span>
        <span class="model-row-facts">
          <span class="truncate">{facts()}</span>
          <Show when={props.model.problem === null && runner()}>
            <StateLabel kind={view().kind}>{view().short ?? view().words}</StateLabel>
          </Show>
        </span>
        <Show when={props.model.problem}>
          <span class="model-row-problem">{props.model.problem}</span>
        </Show>
      </a>
      <Show when={props.model.problem === null}>
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
    </li>
  );
}
