import { useLocation } from '@solidjs/router';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { For, type JSX } from 'solid-js';
import { isOffered, mainPlaces, morePlaces } from './places.tsx';

/** The ways to the pages: at the foot of a phone, with More for the rest; all of them in the rail of a larger screen. */
export function Navigation(props: { readonly onMore: () => void }): JSX.Element {
  const location = useLocation();
  const isMore = (): boolean => morePlaces.some((place) => place.holds(location.pathname));
  return (
    <nav class="shell-nav" aria-label="Pages">
      <ul>
        <For each={[...mainPlaces, ...morePlaces].filter(isOffered)}>
          {(place) => (
            <li class={mainPlaces.includes(place) ? undefined : 'shell-nav-wide'}>
              <a
                class="shell-nav-item"
                href={place.href()}
                aria-current={place.holds(location.pathname) ? 'page' : undefined}
              >
                {place.icon()}
                {place.name}
              </a>
            </li>
          )}
        </For>
        <li class="shell-nav-narrow">
          <button
            type="button"
            class="shell-nav-item"
            aria-haspopup="dialog"
            aria-current={isMore() ? 'true' : undefined}
            onClick={() => props.onMore()}
          >
            <Ellipsis />
            More
          </button>
        </li>
      </ul>
    </nav>
  );
}
