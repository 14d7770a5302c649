import Box from 'lucide-solid/icons/box';
import Search from 'lucide-solid/icons/search';
import { lazy, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { awayReason, rescanModels } from '../../state/actions.ts';
import { agentState, macName } from '../../state/agent-state.ts';
import { connection, lookAgain } from '../../state/connection.ts';
import { libraryFilter, setLibraryFilter } from '../../state/library/library-state.ts';
import { chosenFacets, everyModel } from '../../state/library/library-view.ts';

const Recommended = lazy(() => import('../search/recommended.tsx'));

/** Before the list is known: its shape, or why it cannot be had. */
export function LibraryUnknown(): JSX.Element {
  return (
    <Show
      when={connection().kind === 'away'}
      fallback={<Skeleton rows={5} label="Loading the list of models" />}
    >
      <div class="model-list-failure">
        <ErrorPanel
          failure={{
            what: 'The list of models could not be fetched.',
            why: `${macName()} does not answer, and this device has not seen the list before.`,
            remedy: 'Check that the Mac is awake and that IMPETUS runs on it.',
          }}
        >
          <Button size="small" onPress={lookAgain}>
            Try again
          </Button>
        </ErrorPanel>
      </div>
    </Show>
  );
}

/** A library with nothing in it: what belongs there, and the first step. */
export function NoModels(): JSX.Element {
  return (
    <div class="model-list-empty">
      <EmptyState
        icon={<Box />}
        title="No models yet"
        text={
          <>
            Find one on the Hub, send a GGUF file from this device, or put one into{' '}
            <span class="mono">{agentState.agent?.modelsFolder}</span> on {macName()}.
          </>
        }
      >
        <Button disabledReason={awayReason()} onPress={() => void rescanModels()}>
          Rescan
        </Button>
      </EmptyState>
      <Suspense>
        <Recommended />
      </Suspense>
    </div>
  );
}

export function NothingFound(): JSX.Element {
  const search = (): string => libraryFilter().search.trim();
  const isFiltered = (): boolean => chosenFacets(libraryFilter()).length > 0;
  const text = (): string => {
    const named = `No model has “${search()}” in its name, family, tags or repo`;
    if (search() === '') return 'No model is all that was chosen.';
    return isFiltered() ? `${named} and is what was chosen.` : `${named}.`;
  };
  return (
    <EmptyState icon={<Search />} title="Nothing found" text={text()}>
      <Button onPress={() => setLibraryFilter(everyModel)}>Show all models</Button>
    </EmptyState>
  );
}
