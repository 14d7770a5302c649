import './model-detail.css';
import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import { useLocation } from '@solidjs/router';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import { Show, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Badge } from '../../components/badge/badge.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts } from '../../components/facts/facts.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { agentState, findModel, findRunner, isKnown } from '../../state/agent-state.ts';
import { isConnected, shownAsOf } from '../../state/connection.ts';
import { kindName } from '../../state/model-list.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { viewRunner } from '../../state/runner-view.ts';
import { ModelActions } from './model-actions.tsx';
import { modelFacts, runnerFacts } from './model-facts.ts';
import { ModelMemory } from './model-memory.tsx';
import { modelIdOf } from './model-path.ts';

/** One model: what it is, what it needs, and what can be done with it. */
export default function ModelDetail(): JSX.Element {
  const location = useLocation();
  const id = (): string => modelIdOf(location.pathname) ?? '';
  usePageTitle('Models', () => findModel(id())?.name);
  return (
    <div class="model-detail">
      <a class="model-detail-back" href="/models">
        <ChevronLeft />
        Models
      </a>
      <Show when={isKnown()} fallback={<Skeleton rows={4} label="Loading the model" />}>
        <Show when={findModel(id())} fallback={<Gone id={id()} />} keyed>
          {(model) => <Detail model={model} />}
        </Show>
      </Show>
    </div>
  );
}

function Gone(props: { readonly id: string }): JSX.Element {
  return (
    <EmptyState
      title="This model is not here"
      text={`There is no ${props.id} in the library any more. It may have been renamed or removed.`}
    />
  );
}

function Detail(props: { readonly model: ModelEntry }): JSX.Element {
  const now = useNow();
  const runner = () => findRunner(props.model.id);
  const view = () => viewRunner(runner(), isConnected());
  return (
    <article aria-label={props.model.name}>
      <header class="model-detail-head">
        <h1>{props.model.name}</h1>
        <p class="model-detail-badges">
          <Badge>{kindName(props.model.kind)}</Badge>
          <Show when={props.model.source === 'sample'}>
            <Badge>Sample</Badge>
          </Show>
          <Show when={agentState.defaultModel === props.model.id}>
            <Badge>Default</Badge>
          </Show>
          <Show when={props.model.problem === null}>
            <StateLabel kind={view().kind}>{view().words}</StateLabel>
          </Show>
          <AsOf at={shownAsOf()} />
        </p>
        <Show when={props.model.problem === null}>
          <ModelActions model={props.model} runner={runner()} />
        </Show>
        <div class="model-detail-progress">
          <Show when={view().progress}>
            {(progress) => (
              <Progress label={`${props.model.name}: ${progress().label}`} value={progress().value} />
            )}
          </Show>
        </div>
      </header>
      <Show when={props.model.problem}>
        {(problem) => (
          <ErrorPanel failure={{ what: 'This model cannot be loaded.', why: problem(), remedy: null }} />
        )}
      </Show>
      <Show when={runner()?.error}>
        {(error) => (
          <ErrorPanel
            failure={{ what: `${props.model.name} is not running.`, why: error().message, remedy: null }}
          />
        )}
      </Show>
      <Show when={props.model.problem === null}>
        <ModelMemory model={props.model} loaded={isInMemory(runner())} />
      </Show>
      <Show when={runner()?.state === 'ready' && runner()}>
        {(ready) => (
          <section class="model-detail-card">
            <h2>Runner</h2>
            <Facts facts={runnerFacts(ready())} />
          </section>
        )}
      </Show>
      <section class="model-detail-card">
        <h2>About</h2>
        <Facts facts={modelFacts(props.model, now())} />
      </section>
      <Show when={props.model.source === 'sample'}>
        <p class="model-detail-note">
          IMPETUS made this tiny model itself, so that everything can be tried at once. It knows a few hundred
          words and understands nothing; put a real model into the models folder for real answers.
        </p>
      </Show>
    </article>
  );
}

function isInMemory(runner: RunnerStatus | undefined): boolean {
  return runner !== undefined && runner.state !== 'failed' && runner.state !== 'stopped';
}
