import type { StateKind } from '../../components/state-mark/state-mark.tsx';
import { formatClock } from '../../lib/format.ts';
import type { ConnectionView } from '../../state/connection-machine.ts';

/** The state of the connection as the pill says it. */
export function connectionWords(view: ConnectionView, now: number): { kind: StateKind; words: string } {
  switch (view.kind) {
    case 'connected':
      return { kind: 'running', words: 'connected' };
    case 'reconnecting':
      return { kind: 'working', words: 'reconnecting' };
    case 'away':
      return {
        kind: 'away',
        words: view.since === null ? 'away' : `away since ${formatClock(view.since, now)}`,
      };
  }
}
