import './search-page.css';
import { useLocation, useNavigate } from '@solidjs/router';
import Search from 'lucide-solid/icons/search';
import { lazy, Show, Suspense, type JSX } from 'solid-js';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { useMedia } from '../../lib/media.ts';
import { startHubSearch } from '../../state/hub/search-state.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { repoOf } from './repo-path.ts';
import { SearchList } from './search-list.tsx';

const RepoDetail = lazy(() => import('./repo-detail.tsx'));

/** Models on the Hub: what was found, and beside it or instead of it one repo. */
export default function SearchPage(): JSX.Element {
  const location = useLocation();
  const navigate = useNavigate();
  const hasBoth = useMedia('(width >= 1280px)');
  const repo = (): string | null => repoOf(location.pathname);
  usePageTitle('Find models', () => repo() ?? undefined);
  startHubSearch();
  return (
    <div class="search" data-both={hasBoth() || undefined}>
      {/* Kept while a repo is looked at, so that the way back leads to the same place in the list. */}
      <SearchList hidden={!hasBoth() && repo() !== null} currentRepo={repo()} />
      <Show when={hasBoth() || repo() !== null}>
        <div class="search-detail">
          <Show when={repo()} fallback={<NoRepo />} keyed>
            {(name) => (
              <Suspense>
                <RepoDetail repo={name} onBack={() => navigate('/search')} />
              </Suspense>
            )}
          </Show>
        </div>
      </Show>
    </div>
  );
}

function NoRepo(): JSX.Element {
  return (
    <EmptyState
      icon={<Search />}
      title="No repo chosen"
      text="Choose one to see its files, what each would take in memory here, and its card."
    />
  );
}
