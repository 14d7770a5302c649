import type { Scope } from '@impetus/contracts/scope-list';
import Activity from 'lucide-solid/icons/activity';
import ArrowDownToLine from 'lucide-solid/icons/arrow-down-to-line';
import Box from 'lucide-solid/icons/box';
import Cable from 'lucide-solid/icons/cable';
import Gauge from 'lucide-solid/icons/gauge';
import KeyRound from 'lucide-solid/icons/key-round';
import MessageSquare from 'lucide-solid/icons/message-square';
import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone';
import ScrollText from 'lucide-solid/icons/scroll-text';
import Settings from 'lucide-solid/icons/settings';
import type { JSX } from 'solid-js';
import { lastConversationPath } from '../../state/last-place.ts';
import { may } from '../../state/rights.ts';

/** A page that the navigation leads to. */
export interface Place {
  readonly name: string;
  /** What its visitor has to be allowed; it is not offered to others. */
  readonly needs?: Scope;
  readonly href: () => string;
  readonly icon: () => JSX.Element;
  /** Whether a path belongs to this place. */
  readonly holds: (path: string) => boolean;
}

/** A page that a phone finds behind More. */
export interface MorePlace extends Place {
  /** What is found there. */
  readonly hint: string;
}

function isWithin(prefix: string): (path: string) => boolean {
  return (path) => path === prefix || path.startsWith(`${prefix}/`);
}

/** The pages that everybody needs; a phone has them at its foot, where five fit with More. */
export const mainPlaces: readonly Place[] = [
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
    holds: (path) => ['/models', '/search', '/storage'].some((prefix) => isWithin(prefix)(path)),
  },
  {
    name: 'Downloads',
    href: () => '/downloads',
    icon: () => <ArrowDownToLine />,
    holds: isWithin('/downloads'),
  },
  { name: 'System', href: () => '/system', icon: () => <Gauge />, holds: isWithin('/system') },
];

export const morePlaces: readonly MorePlace[] = [
  {
    name: 'Devices',
    hint: 'Who may come in, and adding another',
    href: () => '/devices',
    icon: () => <MonitorSmartphone />,
    holds: isWithin('/devices'),
  },
  {
    name: 'Connect a tool',
    hint: 'Editors, agents and programs of yours',
    href: () => '/connect',
    icon: () => <Cable />,
    holds: isWithin('/connect'),
  },
  {
    name: 'Keys',
    needs: 'admin',
    hint: 'For editors, scripts and other programs',
    href: () => '/keys',
    icon: () => <KeyRound />,
    holds: isWithin('/keys'),
  },
  {
    name: 'Requests',
    needs: 'admin',
    hint: 'What the Mac is asked, as it happens',
    href: () => '/requests',
    icon: () => <Activity />,
    holds: isWithin('/requests'),
  },
  {
    name: 'Audit',
    needs: 'admin',
    hint: 'Who did what, when, from where',
    href: () => '/audit',
    icon: () => <ScrollText />,
    holds: isWithin('/audit'),
  },
  {
    name: 'Settings',
    hint: 'Your account, memory, limits, records',
    href: () => '/settings',
    icon: () => <Settings />,
    holds: isWithin('/settings'),
  },
];

/** Whether a place is offered to this device. */
export function isOffered({ needs }: Place): boolean {
  return needs === undefined || may(needs);
}
