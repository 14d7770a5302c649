import type { StateKind } from '../../components/state-mark/state-mark.tsx';
import { formatClock } from '../../lib/format.ts';
import type { ConnectionView } from '../../state/connection-machine.ts';

/** What stands between this device and the Mac besides the network. */
export interface Standing {
  readonly isSignedOut: boolean;
  /** The browser shows the page and does not trust its certificate. */
  readonly isUntrusted: boolean;
}

/** The state of the connection as the pill says it. */
export function connectionWords(
  view: ConnectionView,
  { isSignedOut, isUntrusted }: Standing,
  now: number,
): { kind: StateKind; words: string } {
  // The Mac answered, or nobody would know.
  if (isSignedOut) return { kind: 'cancelled', words: 'signed out' };
  switch (view.kind) {
    case 'connected':
      return isUntrusted
        ? { kind: 'failed', words: 'certificate not trusted' }
        : { kind: 'running', words: 'connected' };
    case 'reconnecting':
      return { kind: 'working', words: 'reconnecting' };
    case 'away':
      return {
        kind: 'away',
        words: view.since === null ? 'away' : `away since ${formatClock(view.since, now)}`,
      };
  }
}
