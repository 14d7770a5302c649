import type { RunnerStatus } from '@impetus/contracts/models';
import { Show, type JSX } from 'solid-js';
import { Badge } from '../../components/badge/badge.tsx';
import { LoadButton } from '../../components/load-button/load-button.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { SwitchButton } from '../../components/switch-button/switch-button.tsx';
import { useNow } from '../../lib/clock.ts';
import { agentState, findModel, modelName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { runnerNotes, viewRunner } from '../../state/runner-view.ts';

/** One model in memory: what it does, what it takes, how long it stays. */
export function RunningItem(props: { readonly runner: RunnerStatus }): JSX.Element {
  const now = useNow();
  const name = (): string => modelName(props.runner.modelId);
  const view = () => viewRunner(props.runner, isConnected());
  const notes = (): string => runnerNotes(props.runner, isConnected(), now()).join(' · ');
  return (
    <li class="running-item">
      <div class="running-item-text">
        <p class="running-item-name">
          <span class="truncate">{name()}</span>
          <Show when={agentState.defaultModel === props.runner.modelId}>
            <Badge>Default</Badge>
          </Show>
        </p>
        <StateLabel kind={view().kind}>{view().words}</StateLabel>
        <p class="running-item-notes">{notes()}</p>
      </div>
      <Show when={findModel(props.runner.modelId)}>
        {(model) => (
          <div class="running-item-actions">
            <SwitchButton model={model()} />
            <LoadButton modelId={model().id} name={model().name} runner={props.runner} size="small" />
          </div>
        )}
      </Show>
      <div class="running-item-progress">
        <Show when={view().progress}>
          {(progress) => <Progress label={`${name()}: ${progress().label}`} value={progress().value} />}
        </Show>
      </div>
      <Show when={props.runner.error}>{(error) => <p class="running-item-error">{error().message}</p>}</Show>
    </li>
  );
}
