import type { ModelEntry } from '@impetus/contracts/models';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { LoadPlan } from '../../components/load-plan/load-plan.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { useMedia } from '../../lib/media.ts';
import { findRunner } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { viewRunner } from '../../state/runner-view.ts';
import { FitSlider } from './fit-slider.tsx';
import { ModelAbout } from './model-about.tsx';
import { ModelActions } from './model-actions.tsx';
import { ModelNotices } from './model-notices.tsx';
import { ModelRunner } from './model-runner.tsx';
import { useFit } from './use-fit.ts';

// Most visits end without it, and it brings the schemas along.
const SettingsView = lazy(() => import('./settings/settings-view.tsx'));

const parts = [
  { value: 'about', label: 'About' },
  { value: 'settings', label: 'Settings' },
] as const;

/** What can be done with a model that can be loaded: load it, look at it, change how it is held. */
export function ModelUse(props: { readonly model: ModelEntry }): JSX.Element {
  const runner = () => findRunner(props.model.id);
  const fit = useFit(() => props.model);
  const { plan, failure } = fit;
  const hasRoom = useMedia('(width >= 1280px)');
  const [part, setPart] = createSignal<'about' | 'settings'>('about');
  const openSettings = (): void => void setPart('settings');
  const settingsBeside = (): boolean => hasRoom() && part() === 'settings';
  return (
    <>
      <ModelActions
        model={props.model}
        runner={runner()}
        plan={plan()}
        contextSize={fit.contextSize()}
        {...(!hasRoom() && { onSettings: openSettings })}
      />
      <Loading model={props.model} />
      <Show when={runner()?.error}>
        {(error) => (
          <ErrorPanel
            failure={{ what: `${props.model.name} is not running.`, why: error().message, remedy: null }}
          />
        )}
      </Show>
      <ModelNotices model={props.model} settingsShown={part() === 'settings'} onSettings={openSettings} />
      <Show when={!settingsBeside()}>
        <section class="model-detail-card" aria-label="Memory">
          <LoadPlan plan={plan()} failure={failure()} />
          <Show when={plan() !== null || isConnected()}>
            <FitSlider model={props.model} fit={fit} />
          </Show>
        </section>
      </Show>
      <Show when={hasRoom()}>
        <Segmented label="Show" options={parts} value={part()} onChange={setPart} />
      </Show>
      <Suspense>
        <Show when={settingsBeside()} fallback={<AboutAll model={props.model} />}>
          <SettingsView model={props.model} />
        </Show>
        <Show when={!hasRoom() && part() === 'settings'}>
          <SettingsView model={props.model} onClose={() => setPart('about')} />
        </Show>
      </Suspense>
    </>
  );
}

/** A line for the load that is under way; its room is kept. */
function Loading(props: { readonly model: ModelEntry }): JSX.Element {
  const view = () => viewRunner(findRunner(props.model.id), isConnected());
  return (
    <div class="model-detail-progress">
      <Show when={view().progress}>
        {(progress) => (
          <Progress label={`${props.model.name}: ${progress().label}`} value={progress().value} />
        )}
      </Show>
    </div>
  );
}

function AboutAll(props: { readonly model: ModelEntry }): JSX.Element {
  const ready = () => {
    const runner = findRunner(props.model.id);
    return runner?.state === 'ready' ? runner : undefined;
  };
  return (
    <>
      <Show when={ready()}>{(runner) => <ModelRunner runner={runner()} />}</Show>
      <ModelAbout model={props.model} />
    </>
  );
}
