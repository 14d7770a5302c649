import './model-list.css';
import { createEffect, createSignal, lazy, on, onCleanup, Show, Suspense, type JSX } from 'solid-js';
import { VirtualList } from '../../components/virtual-list/virtual-list.tsx';
import { agentState, findModel, isKnown } from '../../state/agent-state.ts';
import { announce } from '../../state/announcer.ts';
import { chosenFacets } from '../../state/library/library-view.ts';
import {
  isSelectingModels,
  libraryFilter,
  libraryGroups,
  libraryLayout,
  listedModels,
  selectedModels,
  selectModels,
  startSelecting,
  stopSelecting,
} from '../../state/library/library-state.ts';
import { allOf, extended, toggled } from '../../state/library/selection.ts';
import { LibraryUnknown, NoModels, NothingFound } from './library-states.tsx';
import { LibraryTools } from './library-tools.tsx';
import { ModelCard } from './model-card.tsx';
import { ModelRow } from './model-row.tsx';

const Recommended = lazy(() => import('../search/recommended.tsx'));
const SelectionBar = lazy(() => import('./selection-bar.tsx'));

/** Two stand side by side on the narrowest phone; where there is more room each has more of it. */
const cardWidth = (width: number): number => (width < 560 ? 148 : 216);
const gap = 12;

export interface ModelListProps {
  readonly hidden: boolean;
  readonly currentId: string | null;
}

/** Every model of the library, found as one types, as a list or as cards. */
export function ModelList(props: ModelListProps): JSX.Element {
  const [body, setBody] = createSignal<HTMLElement>();
  const width = useWidth(body);
  const columns = (): number =>
    libraryLayout() === 'cards'
      ? Math.max(1, Math.floor((width() - 16 + gap) / (cardWidth(width()) + gap)))
      : 1;
  announceFindings();
  return (
    <section class="model-list" aria-label="Models" hidden={props.hidden}>
      <LibraryTools />
      <div class="model-list-body" ref={setBody} data-layout={libraryLayout()} onKeyDown={hearSelectionKey}>
        <Show when={isKnown()} fallback={<LibraryUnknown />}>
          <Show when={agentState.models.length > 0} fallback={<NoModels />}>
            <Show when={listedModels().length > 0} fallback={<NothingFound />}>
              <VirtualList
                label="Models"
                groups={libraryGroups()}
                columns={columns()}
                lineHeight={libraryLayout() === 'cards' ? 168 : 64}
                currentId={props.currentId}
                onMove={(from, to, extend) => {
                  if (!extend) return;
                  startSelecting();
                  selectModels((before) => {
                    const begun = before.anchor === null ? toggled(before, from) : before;
                    return extended(begun, listedModels(), to);
                  });
                }}
              >
                {(id) => (
                  <Show when={findModel(id)}>
                    {(model) => (
                      <Show when={libraryLayout() === 'cards'} fallback={<ModelRow model={model()} />}>
                        <ModelCard model={model()} />
                      </Show>
                    )}
                  </Show>
                )}
              </VirtualList>
              <Show when={agentState.models.every(({ source }) => source === 'sample')}>
                <Suspense>
                  <Recommended />
                </Suspense>
              </Show>
            </Show>
          </Show>
        </Show>
      </div>
      <Suspense>
        <Show when={isSelectingModels()}>
          <SelectionBar />
        </Show>
      </Suspense>
    </section>
  );
}

/** Space chooses the model that has the focus, Ctrl+A all that are listed, Escape none. */
function hearSelectionKey(event: KeyboardEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (event.key === 'Escape' && isSelectingModels()) {
    event.preventDefault();
    stopSelecting();
  } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && link !== null) {
    event.preventDefault();
    startSelecting();
    selectModels(allOf(listedModels()));
    announce(`${selectedModels().ids.size} models are selected.`);
  } else if (event.key === ' ' && link !== null) {
    const id = link.closest<HTMLElement>('[data-id]')?.dataset['id'];
    if (id === undefined) return;
    event.preventDefault();
    startSelecting();
    selectModels((before) => toggled(before, id));
  }
}

/** Those who hear the page are told how many are left, once the typing rests. */
function announceFindings(): void {
  createEffect(
    on(
      () => [listedModels().length, libraryFilter().search, chosenFacets(libraryFilter()).length] as const,
      ([count], before) => {
        if (before === undefined || (before[1] === libraryFilter().search && before[0] === count)) return;
        const timer = setTimeout(() => announce(count === 1 ? 'One model.' : `${count} models.`), 600);
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );
}

/** How wide an element is, in pixels of letters of the usual size. */
function useWidth(element: () => HTMLElement | undefined): () => number {
  const [width, setWidth] = createSignal(360);
  createEffect(() => {
    const target = element();
    if (target === undefined) return;
    const observer = new ResizeObserver(() => {
      // While the list is hidden behind a model, it keeps the columns that it had.
      if (target.clientWidth === 0) return;
      const letters = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      setWidth(target.clientWidth / letters);
    });
    observer.observe(target);
    onCleanup(() => observer.disconnect());
  });
  return width;
}
