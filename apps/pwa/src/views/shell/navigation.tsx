import { useLocation } from '@solidjs/router';
import Box from 'lucide-solid/icons/box';
import Gauge from 'lucide-solid/icons/gauge';
import MessageSquare from 'lucide-solid/icons/message-square';
import { For, type JSX } from 'solid-js';
import { lastConversationPath } from '../../state/last-place.ts';

interface Place {
  readonly name: string;
  readonly href: () => string;
  readonly icon: () => JSX.Element;
  /** Whether a path belongs to this place. */
  readonly holds: (path: string) => boolean;
}

/** The ways to the pages: at the foot of a phone, in the rail of a larger screen. Five fit. */
const places: readonly Place[] = [
  {
    name: 'Chat',
    href: lastConversationPath,
    icon: () => <MessageSquare />,
    holds: (path) => path === '/' || path.startsWith('/c/'),
  },
  {
    name: 'Models',
    href: () => '/models',
    icon: () => <Box />,
    holds: (path) => path.startsWith('/models'),
  },
  {
    name: 'System',
    href: () => '/system',
    icon: () => <Gauge />,
    holds: (path) => path.startsWith('/system'),
  },
];

export function Navigation(): JSX.Element {
  const location = useLocation();
  return (
    <nav class="shell-nav" aria-label="Pages">
      <ul>
        <For each={places}>
          {(place) => (
            <li>
              <a href={place.href()} aria-current={place.holds(location.pathname) ? 'page' : undefined}>
                {place.icon()}
                {place.name}
              </a>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}
