import { createEffect, createMemo, createRoot, createSignal } from 'solid-js';
import { readPreference, writePreference } from '../../lib/preferences.ts';
import { agentState } from '../agent-state.ts';
import type { Situation } from './facets.ts';
import {
  everyModel,
  filterModels,
  indexModel,
  librarySorts,
  sortModels,
  type LibrarySort,
} from './library-view.ts';
import { nothingSelected, within, type Selection } from './selection.ts';

export type LibraryLayout = 'list' | 'cards';

const layoutKey = 'library-layout';
const sortKey = 'library-sort';

const storedSort = librarySorts.find((sort) => sort === readPreference(sortKey)) ?? 'purpose';

const [layout, setLayoutSignal] = createSignal<LibraryLayout>(
  readPreference(layoutKey) === 'cards' ? 'cards' : 'list',
);
const [sort, setSortSignal] = createSignal<LibrarySort>(storedSort);
const [filter, setFilter] = createSignal(everyModel);
const [selection, setSelection] = createSignal<Selection>(nothingSelected);
const [isSelecting, setSelecting] = createSignal(false);

/** How the library is looked at; it is the same when its reader comes back to it. */
export const libraryLayout = layout;
export const librarySort = sort;
export { filter as libraryFilter, setFilter as setLibraryFilter };

export function setLibraryLayout(next: LibraryLayout): void {
  setLayoutSignal(next);
  writePreference(layoutKey, next);
}

export function setLibrarySort(next: LibrarySort): void {
  setSortSignal(next);
  writePreference(sortKey, next);
}

const derived = createRoot(() => {
  const index = createMemo(() => agentState.models.map(indexModel));
  const loaded = createMemo(() => agentState.runners.map(({ modelId }) => modelId).join('\n'));
  // A limit that follows the free memory moves all the time: only what matters of it counts.
  const limit = createMemo(() => {
    const bytes = agentState.memory?.budget.limitBytes;
    return bytes === undefined ? null : Math.round(bytes / 1e8) * 1e8;
  });
  const situation = createMemo<Situation>(() => ({
    loaded: new Set(loaded().split('\n')),
    limitBytes: limit(),
  }));
  const found = createMemo(() => filterModels(index(), filter(), situation()));
  const groups = createMemo(() => sortModels(found(), sort()));
  const listed = createMemo(() => groups().flatMap(({ ids }) => ids));
  createEffect(() => {
    const present = new Set(agentState.models.map(({ id }) => id));
    setSelection((before) =>
      [...before.ids].every((id) => present.has(id)) ? before : within(before, present),
    );
  });
  return { index, situation, groups, listed };
});

/** Every model with what it is searched by. */
export const indexedModels = derived.index;
export const librarySituation = derived.situation;
/** What is shown, in order. */
export const libraryGroups = derived.groups;
export const listedModels = derived.listed;

/** What is chosen to be done something with. */
export const selectedModels = selection;
export const selectModels = setSelection;

/** Whether a tap on a model chooses it. */
export const isSelectingModels = isSelecting;

export function startSelecting(): void {
  setSelecting(true);
}

export function stopSelecting(): void {
  setSelecting(false);
  setSelection(nothingSelected);
}
