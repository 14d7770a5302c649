import './running-sheet.css';
import type { RunnerStatus } from '@impetus/contracts/models';
import { For, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { LoadButton } from '../../components/load-button/load-button.tsx';
import { MemoryBar } from '../../components/memory-bar/memory-bar.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { formatBytes } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { agentState, findModel, modelName } from '../../state/agent-state.ts';
import { stopAllAnswers, unfinishedCount } from '../../state/answers.ts';
import { isConnected } from '../../state/connection.ts';
import { viewMemory } from '../../state/memory-view.ts';
import { viewRunner } from '../../state/runner-view.ts';

/** All that the Mac holds in memory, and what can be done about it. */
export default function RunningSheet(props: { readonly onClose: () => void }): JSX.Element {
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Running"
      actions={
        unfinishedCount() > 0 ? (
          <Button disabledReason={awayReason()} onPress={() => void stopAllAnswers()}>
            Stop writing
          </Button>
        ) : undefined
      }
    >
      <Show when={agentState.runners.length > 0} fallback={<Nothing onClose={props.onClose} />}>
        <ul class="running-list">
          <For each={agentState.runners}>{(runner) => <Runner runner={runner} />}</For>
        </ul>
      </Show>
      <Show when={agentState.memory}>
        {(memory) => <MemoryBar view={viewMemory(memory(), agentState.runners, modelName)} />}
      </Show>
    </Sheet>
  );
}

function Runner(props: { readonly runner: RunnerStatus }): JSX.Element {
  const name = (): string => modelName(props.runner.modelId);
  const view = () => viewRunner(props.runner, isConnected());
  const facts = (): string => {
    const { active, queued, residentBytes } = props.runner;
    const work = [
      active > 1 ? `${active} being written` : '',
      queued > 0 ? `${queued} waiting` : '',
      residentBytes === null ? '' : formatBytes(residentBytes),
    ];
    return work.filter(Boolean).join(' · ');
  };
  return (
    <li class="running-item">
      <div class="running-item-text">
        <p class="running-item-name truncate">{name()}</p>
        <StateLabel kind={view().kind}>{[view().words, facts()].filter(Boolean).join(' · ')}</StateLabel>
      </div>
      <Show when={findModel(props.runner.modelId)}>
        {(model) => (
          <LoadButton modelId={model().id} name={model().name} runner={props.runner} size="small" />
        )}
      </Show>
      <Show when={view().progress}>
        {(progress) => <Progress label={`${name()}: ${progress().label}`} value={progress().value} />}
      </Show>
      <Show when={props.runner.error}>{(error) => <p class="running-item-error">{error().message}</p>}</Show>
    </li>
  );
}

function Nothing(props: { readonly onClose: () => void }): JSX.Element {
  return (
    <p class="running-nothing">
      No model is loaded. A model loads by itself when it is asked something, or on the{' '}
      <a href="/models" onClick={() => props.onClose()}>
        Models page
      </a>
      .
    </p>
  );
}
