import type { CurrentSession } from '@impetus/contracts/session';
import { createSignal } from 'solid-js';
import { httpApi } from '../api/http-client.ts';
import { holdLink, releaseLink, wsClient } from '../api/link.ts';
import { readPreference, writePreference } from '../lib/preferences.ts';

/** Who this page is for the Mac. */
export type SessionView =
  /** Not asked yet, or the Mac could not be reached: the page shows what it remembers. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'in'; readonly current: CurrentSession }
  /** `ended`: it was signed in while this page was open. */
  | { readonly kind: 'out'; readonly ended: boolean }
  /** There is no owner yet. */
  | { readonly kind: 'setup' };

const deviceKey = 'device-id';

const [view, setView] = createSignal<SessionView>({ kind: 'unknown' });
const [agentName, setAgentName] = createSignal<string | null>(null);

export const session = view;

/** What the Mac calls itself to those who are not signed in. */
export const nameBeforeSignIn = agentName;

/** The device that this browser was when it was last signed in, so that it becomes the same one again. */
export function rememberedDevice(): string | undefined {
  return readPreference(deviceKey) ?? undefined;
}

let asking: Promise<void> | undefined;

/** The Mac closes the link of a session that it ends: while this page signs out, that is nothing to look into. */
let isLeaving = false;

/** Ends the session by `signOut`; nobody is signed in here any more once it resolves. */
export async function endSession(signOut: () => Promise<unknown>): Promise<void> {
  isLeaving = true;
  try {
    await signOut();
    holdLink();
  } catch (error) {
    isLeaving = false;
    void checkSession();
    throw error;
  }
}

/** Asks the Mac who this page is; over http, because a refused WebSocket does not say why. */
export async function checkSession(): Promise<void> {
  if (isLeaving) return;
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  await asking;
}

async function ask(): Promise<void> {
  try {
    const [current, setup] = await Promise.all([
      httpApi.session.current.query(),
      httpApi.setup.state.query(),
    ]);
    setAgentName(setup.name);
    if (current !== null) noteSignedIn(current);
    else noteSignedOut(setup.needed);
  } catch {
    // The Mac is away: the link tries again by itself, and this is asked again when it fails.
    if (view().kind === 'unknown' || view().kind === 'in') releaseLink();
  }
}

/** This browser has a session now. */
export function noteSignedIn(current: CurrentSession): void {
  if (current.device !== null) writePreference(deviceKey, current.device.id);
  setView({ kind: 'in', current });
  releaseLink();
}

function noteSignedOut(setupNeeded: boolean): void {
  holdLink();
  setView((before) => {
    if (setupNeeded) return { kind: 'setup' };
    return { kind: 'out', ended: before.kind === 'in' || (before.kind === 'out' && before.ended) };
  });
}

/** Finds out who this page is, and again whenever the link was lost or refused. */
export function startSession(): void {
  void checkSession();
  wsClient.connectionState.subscribe({
    next: ({ state, error }) => {
      if (state === 'connecting' && error !== null) void checkSession();
    },
  });
  // Another tab may have signed this browser in meanwhile.
  addEventListener('focus', () => view().kind === 'out' && void checkSession());
}
