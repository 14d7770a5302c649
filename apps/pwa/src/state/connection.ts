import { createEffect, createMemo, createRoot, createSignal, onCleanup } from 'solid-js';
import { hurryLink, linkProved, onPulse, wsClient } from '../api/link.ts';
import {
  graceMs,
  initialFacts,
  reduceLink,
  viewLink,
  type ConnectionView,
  type LinkEvent,
} from './connection-machine.ts';

const [facts, setFacts] = createSignal(initialFacts(Date.now()));
const [now, setNow] = createSignal(Date.now());

function note(event: LinkEvent): void {
  setNow(Date.now());
  setFacts((before) => reduceLink(before, event));
}

onPulse({
  heard: () => note({ type: 'heard', at: Date.now() }),
  doubted: () => note({ type: 'doubted', at: Date.now() }),
});

wsClient.connectionState.subscribe({
  next: ({ state }) => {
    if (state !== 'pending') note({ type: 'lost', at: Date.now() });
  },
});

const view = createRoot(() => {
  // Reconnecting turns into away by time alone: look again when the grace is over.
  createEffect(() => {
    const { lostAt } = facts();
    if (lostAt === null) return;
    const timer = setTimeout(() => setNow(Date.now()), lostAt + graceMs - Date.now());
    onCleanup(() => clearTimeout(timer));
  });
  return createMemo<ConnectionView>(
    () => viewLink(facts(), now()),
    { kind: 'reconnecting' },
    {
      equals: (a, b) => a.kind === b.kind && (a.kind !== 'away' || b.kind !== 'away' || a.since === b.since),
    },
  );
});

/** How things stand between this device and the Mac. */
export const connection = view;

/** Whether the Mac can be asked for something now. */
export function isConnected(): boolean {
  return view().kind === 'connected';
}

/** When the agent was last heard, in milliseconds since the epoch. */
export function heardAt(): number | null {
  return facts().heardAt;
}

/** When what is shown was true, while that is not now. */
export function shownAsOf(): number | null {
  const { kind } = view();
  return kind === 'away' ? facts().heardAt : null;
}

/** The agent answered on the present connection. */
export function noteAnswer(): void {
  linkProved();
  note({ type: 'answered', at: Date.now() });
}

/** The last visit of this page heard the agent then. */
export function rememberHeard(at: number): void {
  note({ type: 'remembered', heardAt: at });
}

/** Looks for the Mac now, without waiting for the next try. */
export function lookAgain(): void {
  setNow(Date.now());
  hurryLink();
}

/** Every moment at which the network or this page may have changed is a moment to look again. */
export function watchSurroundings(): void {
  for (const event of ['online', 'offline', 'focus', 'pageshow']) addEventListener(event, lookAgain);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') lookAgain();
  });
}
