import './library-tools.css';
import CheckSquare from 'lucide-solid/icons/square-check-big';
import HardDrive from 'lucide-solid/icons/hard-drive';
import LayoutGrid from 'lucide-solid/icons/layout-grid';
import List from 'lucide-solid/icons/list';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Search from 'lucide-solid/icons/search';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import X from 'lucide-solid/icons/x';
import { useNavigate } from '@solidjs/router';
import { createSignal, For, lazy, Show, Suspense, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { Menu, type MenuItem } from '../../components/menu/menu.tsx';
import { SearchField } from '../../components/search-field/search-field.tsx';
import { Select } from '../../components/select/select.tsx';
import { formatCount } from '../../lib/format.ts';
import { awayReason, rescanModels } from '../../state/actions.ts';
import { agentState } from '../../state/agent-state.ts';
import { announce } from '../../state/announcer.ts';
import { shownAsOf } from '../../state/connection.ts';
import { facetLabel } from '../../state/library/facets.ts';
import {
  libraryFilter,
  libraryLayout,
  librarySort,
  listedModels,
  setLibraryFilter,
  setLibraryLayout,
  setLibrarySort,
  startSelecting,
} from '../../state/library/library-state.ts';
import { chosenFacets, toggleFacet, type LibrarySort } from '../../state/library/library-view.ts';
import { may } from '../../state/rights.ts';
import { showToast } from '../../state/toasts.ts';
import { UploadButton } from '../downloads/upload-button.tsx';

const FilterSheet = lazy(() => import('./filter-sheet.tsx'));

const sortNames: Readonly<Record<LibrarySort, string>> = {
  purpose: 'By purpose',
  name: 'By name',
  size: 'Largest first',
  parameters: 'Most parameters',
  context: 'Longest context',
  changed: 'Newest first',
  family: 'By family',
};
const sortOptions = Object.entries(sortNames).map(([value, label]) => ({ value, label }));

/** What stands above the library: ways to more models, the search, what narrows it and how it is shown. */
export function LibraryTools(): JSX.Element {
  const [isFiltering, setFiltering] = createSignal(false);
  const chosen = () => chosenFacets(libraryFilter());
  return (
    <header class="library-tools">
      <div class="library-tools-head">
        <div class="page-title">
          <h1>Models</h1>
          <AsOf at={shownAsOf()} />
        </div>
        <a class="button library-tools-find" data-kind="plain" data-size="small" href="/search">
          <Search />
          <span>Find models</span>
        </a>
        <Show when={may('download')}>
          <UploadButton />
        </Show>
        <MoreTools />
      </div>
      <SearchField
        label="Search models"
        placeholder="Name, family, tag or repo"
        value={libraryFilter().search}
        onInput={(search) => setLibraryFilter((before) => ({ ...before, search }))}
      />
      <div class="library-tools-row">
        <Select
          label="Order"
          options={sortOptions}
          value={librarySort()}
          placeholder="Order"
          onChange={(value) => setLibrarySort(value as LibrarySort)}
        />
        <button
          type="button"
          class="library-tools-filter"
          aria-haspopup="dialog"
          data-active={chosen().length > 0 ? '' : undefined}
          onClick={() => setFiltering(true)}
        >
          <SlidersHorizontal />
          {chosen().length === 0 ? 'Filter' : `Filter: ${chosen().length}`}
        </button>
        <span class="library-tools-count">{countWords(listedModels().length, agentState.models.length)}</span>
        <IconButton
          label={libraryLayout() === 'cards' ? 'Show as a list' : 'Show as cards'}
          size="small"
          onPress={() => setLibraryLayout(libraryLayout() === 'cards' ? 'list' : 'cards')}
        >
          <Show when={libraryLayout() === 'cards'} fallback={<LayoutGrid />}>
            <List />
          </Show>
        </IconButton>
      </div>
      <Show when={chosen().length > 0}>
        <ul class="library-tools-chosen" aria-label="Chosen filters">
          <For each={chosen()}>
            {({ facet, value }) => (
              <li>
                <button
                  type="button"
                  class="library-tools-chip"
                  aria-label={`Without the filter ${facetLabel(facet, value)}`}
                  onClick={() => setLibraryFilter((before) => toggleFacet(before, facet, value))}
                >
                  {facetLabel(facet, value)}
                  <X />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Suspense>
        <Show when={isFiltering()}>
          <FilterSheet onClose={() => setFiltering(false)} />
        </Show>
      </Suspense>
    </header>
  );
}

function countWords(shown: number, all: number): string {
  if (all === 0) return '';
  const of = shown === all ? '' : ` of ${formatCount(all)}`;
  return `${formatCount(shown)}${of} ${all === 1 ? 'model' : 'models'}`;
}

/** What is wanted now and then. */
function MoreTools(): JSX.Element {
  const navigate = useNavigate();
  const rescan = async (): Promise<void> => {
    const reason = awayReason();
    if (reason !== null) showToast(reason);
    else if (await rescanModels()) announce(`${agentState.models.length} models are listed.`);
  };
  const items = (): readonly MenuItem[] => [
    { label: 'Select several', icon: () => <CheckSquare />, onSelect: startSelecting },
    { label: 'Disk use', icon: () => <HardDrive />, onSelect: () => navigate('/storage') },
    ...(may('load')
      ? [{ label: 'Rescan the folders', icon: () => <RefreshCw />, onSelect: () => void rescan() }]
      : []),
  ];
  return <Menu label="More about models" items={items()} />;
}
