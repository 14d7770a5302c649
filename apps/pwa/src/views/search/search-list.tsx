import '../models/library-tools.css';
import '../../components/chips/chips.css';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import Search from 'lucide-solid/icons/search';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import { createEffect, createSignal, For, lazy, onCleanup, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { SearchField } from '../../components/search-field/search-field.tsx';
import { Select } from '../../components/select/select.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { moveBetween } from '../../lib/move-between.ts';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { sortNames } from '../../state/hub/hub-words.ts';
import {
  anyRepo,
  changeHubQuery,
  hubFailure,
  hubFound,
  hubQuery,
  isSearchingHub,
  loadMoreRepos,
  retryMoreRepos,
  searchAgain,
} from '../../state/hub/search-state.ts';
import { RepoRow } from './repo-row.tsx';

const SearchFilterSheet = lazy(() => import('./search-filter-sheet.tsx'));

const sortOptions = Object.entries(sortNames).map(([value, label]) => ({ value, label }));
/** This far from the end the next page is fetched. */
const fetchAhead = '600px';

export interface SearchListProps {
  readonly hidden: boolean;
  readonly currentRepo: string | null;
}

/** What was found on the Hub, page after page as it is scrolled. */
export function SearchList(props: SearchListProps): JSX.Element {
  const [body, setBody] = createSignal<HTMLElement>();
  return (
    <section class="search-list" aria-label="Find models" hidden={props.hidden}>
      <Tools />
      <div class="search-list-body" ref={setBody} onKeyDown={(event) => moveBetween(event, '.repo-row')}>
        <Show when={hubFound() === null && hubFailure()}>
          {(failure) => (
            <ErrorPanel failure={failure()}>
              <Button size="small" disabledReason={awayReason()} onPress={searchAgain}>
                Try again
              </Button>
            </ErrorPanel>
          )}
        </Show>
        <Show when={hubFound()} fallback={<NotYet />}>
          {(found) => (
            <Show when={found().repos.length > 0 || found().next !== null} fallback={<NothingFound />}>
              <ul class="search-results" aria-busy={isSearchingHub()}>
                <For each={found().repos}>
                  {(repo) => <RepoRow repo={repo} isCurrent={repo.repo === props.currentRepo} />}
                </For>
              </ul>
              <More body={body()} />
            </Show>
          )}
        </Show>
      </div>
    </section>
  );
}

function Tools(): JSX.Element {
  const [isFiltering, setFiltering] = createSignal(false);
  const chosen = (): number => {
    const { gguf, task, author, licence } = hubQuery();
    return [!gguf, task, author.trim(), licence].filter(Boolean).length;
  };
  return (
    <header class="library-tools">
      <div class="library-tools-head">
        <a class="search-back" href="/models" aria-label="Back to Models">
          <ChevronLeft />
        </a>
        <div class="page-title">
          <h1>Find models</h1>
        </div>
      </div>
      <SearchField
        label="Search the Hub"
        placeholder="Search the Hub"
        value={hubQuery().text}
        onInput={(text) => changeHubQuery({ text })}
      />
      <div class="library-tools-row">
        <Select
          label="Order"
          options={sortOptions}
          value={hubQuery().sort}
          placeholder="Order"
          onChange={(sort) => changeHubQuery({ sort: sort as keyof typeof sortNames })}
        />
        <button
          type="button"
          class="library-tools-filter"
          aria-haspopup="dialog"
          data-active={chosen() > 0 ? '' : undefined}
          onClick={() => setFiltering(true)}
        >
          <SlidersHorizontal />
          {chosen() === 0 ? 'Filter' : `Filter: ${chosen()}`}
        </button>
        <span class="library-tools-count" />
        <label class="chip search-fits">
          <input
            type="checkbox"
            checked={hubQuery().fits}
            onChange={(event) => changeHubQuery({ fits: event.currentTarget.checked })}
          />
          <span class="truncate">Fits {macName()}</span>
        </label>
      </div>
      <Suspense>
        <Show when={isFiltering()}>
          <SearchFilterSheet onClose={() => setFiltering(false)} />
        </Show>
      </Suspense>
    </header>
  );
}

function NotYet(): JSX.Element {
  return (
    <Show when={hubFailure() === null}>
      <Show when={!isConnected()} fallback={<Skeleton rows={6} label="Searching the Hub" />}>
        <ErrorPanel
          failure={{
            what: 'The Hub is searched by the Mac.',
            why: awayReason(),
            remedy: 'On the Downloads page you can ask by name for what is to be downloaded when it is back.',
          }}
        />
      </Show>
    </Show>
  );
}

function NothingFound(): JSX.Element {
  return (
    <EmptyState icon={<Search />} title="Nothing found" text="No repo on the Hub is all that was asked for.">
      <Button onPress={() => changeHubQuery(anyRepo)}>Search for anything</Button>
    </EmptyState>
  );
}

/** The way to the next page: fetched when the end comes into sight, or by its button. */
function More(props: { readonly body: HTMLElement | undefined }): JSX.Element {
  const [end, setEnd] = createSignal<HTMLElement>();
  createEffect(() => {
    const target = end();
    if (target === undefined || props.body === undefined || awayReason() !== null) return;
    // A page that does not fill the view leaves the end in sight: look anew after each one.
    void hubFound()?.repos.length;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) loadMoreRepos();
      },
      { root: props.body, rootMargin: fetchAhead },
    );
    observer.observe(target);
    onCleanup(() => observer.disconnect());
  });
  return (
    <Show when={hubFound()?.next}>
      <div class="search-more" ref={setEnd}>
        <Show when={hubFailure()}>{(failure) => <ErrorPanel failure={failure()} />}</Show>
        <Button
          disabledReason={isSearchingHub() ? 'More is on its way.' : awayReason()}
          onPress={retryMoreRepos}
        >
          {hubFailure() === null ? 'Show more' : 'Try again'}
        </Button>
      </div>
    </Show>
  );
}
