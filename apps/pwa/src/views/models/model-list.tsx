import './model-list.css';
import Box from 'lucide-solid/icons/box';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Search from 'lucide-solid/icons/search';
import { createMemo, createSignal, For, Index, Show, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { awayReason, rescanModels } from '../../state/actions.ts';
import { agentState, isKnown, macName } from '../../state/agent-state.ts';
import { announce } from '../../state/announcer.ts';
import { connection, lookAgain, shownAsOf } from '../../state/connection.ts';
import { groupModels, searchModels } from '../../state/model-list.ts';
import { ModelRow } from './model-row.tsx';

/** Every model of the library, found as one types. */
export function ModelList(props: { readonly hidden: boolean }): JSX.Element {
  const [search, setSearch] = createSignal('');
  const [scanning, setScanning] = createSignal(false);
  const found = createMemo(() => searchModels(agentState.models, search()));

  const rescan = async (): Promise<void> => {
    setScanning(true);
    if (await rescanModels()) announce(`${agentState.models.length} models are listed.`);
    setScanning(false);
  };

  return (
    <section class="model-list" aria-label="Models" hidden={props.hidden}>
      <header class="model-list-head">
        <div class="page-title">
          <h1>Models</h1>
          <AsOf at={shownAsOf()} />
        </div>
        <IconButton
          label="Rescan the models folder"
          disabledReason={scanning() ? 'The folder is being read.' : awayReason()}
          onPress={() => void rescan()}
        >
          <RefreshCw class={scanning() ? 'model-list-scanning' : ''} />
        </IconButton>
        <label class="model-list-search">
          <Search />
          <input
            type="search"
            aria-label="Search models"
            placeholder="Search"
            value={search()}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
      </header>
      <div class="model-list-body" onKeyDown={moveBetweenRows}>
        <Show when={isKnown()} fallback={<Unknown />}>
          <Show when={agentState.models.length > 0} fallback={<NoModels onRescan={() => void rescan()} />}>
            <Show
              when={found().length > 0}
              fallback={<NothingFound search={search()} onClear={() => setSearch('')} />}
            >
              <Index each={groupModels(found())}>
                {(group) => (
                  <section class="model-group">
                    <h2>{group().heading}</h2>
                    <ul>
                      <For each={group().models}>{(model) => <ModelRow model={model} />}</For>
                    </ul>
                  </section>
                )}
              </Index>
            </Show>
          </Show>
        </Show>
      </div>
    </section>
  );
}

/** The arrow keys go from model to model. */
function moveBetweenRows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.model-row-link')];
  const present = links.findIndex((link) => link.closest('li')?.contains(document.activeElement) ?? false);
  const next = links[present + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Unknown(): JSX.Element {
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

function NoModels(props: { readonly onRescan: () => void }): JSX.Element {
  return (
    <EmptyState
      icon={<Box />}
      title="No models yet"
      text={
        <>
          Models are GGUF files in <span class="mono">{agentState.agent?.modelsFolder}</span> on {macName()}.
          Put one there, and it is listed here.
        </>
      }
    >
      <Button kind="primary" disabledReason={awayReason()} onPress={props.onRescan}>
        Rescan
      </Button>
    </EmptyState>
  );
}

function NothingFound(props: { readonly search: string; readonly onClear: () => void }): JSX.Element {
  return (
    <EmptyState
      title="Nothing found"
      text={`No model has “${props.search.trim()}” in its name, architecture or quant.`}
    >
      <Button onPress={props.onClear}>Clear the search</Button>
    </EmptyState>
  );
}
