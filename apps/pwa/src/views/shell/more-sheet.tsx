import './more-sheet.css';
import { useLocation } from '@solidjs/router';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For, type JSX } from 'solid-js';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { isOffered, morePlaces } from './places.tsx';

/** The pages that the bottom bar has no room for. */
export default function MoreSheet(props: { readonly onClose: () => void }): JSX.Element {
  const location = useLocation();
  return (
    <Sheet open onClose={props.onClose} title="More">
      <nav aria-label="More pages">
        <ul class="more-list">
          <For each={morePlaces.filter(isOffered)}>
            {(place) => (
              <li>
                <a
                  href={place.href()}
                  aria-current={place.holds(location.pathname) ? 'page' : undefined}
                  onClick={props.onClose}
                >
                  {place.icon()}
                  <span class="more-list-text">
                    <span>{place.name}</span>
                    <span class="more-list-hint">{place.hint}</span>
                  </span>
                  <ChevronRight />
                </a>
              </li>
            )}
          </For>
        </ul>
      </nav>
    </Sheet>
  );
}
