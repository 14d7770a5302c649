import './model-detail.css';
import type { ModelEntry } from '@impetus/contracts/models';
import { useLocation, useNavigate } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { BackLink } from '../../components/back-link/back-link.tsx';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { findModel, isKnown } from '../../state/agent-state.ts';
import { anyRepo, changeHubQuery } from '../../state/hub/search-state.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { may } from '../../state/rights.ts';
import { ModelAbout } from './model-about.tsx';
import { ModelHead } from './model-head.tsx';
import { modelIdOf } from './model-path.ts';
import { ModelUse } from './model-use.tsx';

/** One model: what it is, what it needs, and what can be done with it. */
export default function ModelDetail(): JSX.Element {
  const location = useLocation();
  const id = (): string => modelIdOf(location.pathname) ?? '';
  usePageTitle('Models', () => findModel(id())?.name);
  return (
    <div class="model-detail">
      <BackLink href="/models" label="Models" />
      <Show when={isKnown()} fallback={<Skeleton rows={4} label="Loading the model" />}>
        <Show when={findModel(id())} fallback={<Gone id={id()} />} keyed>
          {(model) => (
            <article aria-label={model.name}>
              <ModelHead model={model} />
              <Show when={model.problem} fallback={<ModelUse model={model} />}>
                {(problem) => <Unusable model={model} problem={problem()} />}
              </Show>
            </article>
          )}
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

function Unusable(props: { readonly model: ModelEntry; readonly problem: string }): JSX.Element {
  const navigate = useNavigate();
  const searchForGguf = (): void => {
    changeHubQuery({ ...anyRepo, text: props.model.name });
    navigate('/search');
  };
  return (
    <>
      <ErrorPanel
        failure={{ what: 'This model cannot be loaded.', why: props.problem, remedy: props.model.whatToDo }}
      >
        <Show when={props.model.format !== 'gguf' && may('download')}>
          <Button size="small" onPress={searchForGguf}>
            Search the Hub for it
          </Button>
        </Show>
      </ErrorPanel>
      <ModelAbout model={props.model} />
    </>
  );
}
