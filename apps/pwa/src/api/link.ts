import { createWSClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '@impetus/agent/router';
import { RetryGate } from '../lib/backoff.ts';
import { AwayError } from './away-error.ts';
import { LiveSocket, type Pulse } from './live-socket.ts';

const wakeAnswerMs = 1_500;

const listeners = new Set<Pulse>();
const gate = new RetryGate();
let socket: LiveSocket | undefined;

const pulse: Pulse = {
  heard: () => listeners.forEach((listener) => listener.heard()),
  doubted: () => listeners.forEach((listener) => listener.doubted()),
};

/** Resolves once there is somebody to connect for; without a session every try would be refused, and noted. */
let admission = Promise.resolve();
let admit: (() => void) | undefined;
// Who this page is has to be asked first.
holdLink();

/** The waiting between tries is the gate's, inside `url`, because tRPC's own cannot be cut short. */
async function nextUrl(): Promise<string> {
  await gate.wait();
  await admission;
  const { protocol, host } = location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/trpc`;
}

export const wsClient = createWSClient({
  url: nextUrl,
  retryDelayMs: () => 0,
  WebSocket: class extends LiveSocket {
    constructor(url: string | URL) {
      super(url, pulse);
      // oxlint-disable-next-line typescript/no-this-alias -- the newest socket is the one to ask
      socket = this;
    }
  },
});

/** Nobody is signed in: no more tries until somebody is. */
export function holdLink(): void {
  if (admit !== undefined) return;
  admission = new Promise((resolve) => {
    admit = resolve;
  });
}

/** Somebody is signed in: connects now. */
export function releaseLink(): void {
  admit?.();
  admit = undefined;
  hurryLink();
}

/** Hears every sign of life, and every doubt. */
export function onPulse(listener: Pulse): void {
  listeners.add(listener);
}

/** The agent answered: the next loss is followed by an immediate try. */
export function linkProved(): void {
  gate.succeeded();
}

/** There is reason to look again now: the page is shown, the network is back, someone pressed the button. */
export function hurryLink(): void {
  socket?.hurry();
  gate.hurry();
  socket?.probe(wakeAnswerMs);
}

/** Refuses queries and mutations while there is no connection to send them on. */
export const refuseWhileAway: TRPCLink<AppRouter> =
  () =>
  ({ next, op }) =>
    observable((observer) => {
      if (op.type === 'subscription' || wsClient.connection?.state === 'open') {
        return next(op).subscribe(observer);
      }
      observer.error(TRPCClientError.from(new AwayError('There is no connection to the agent.')));
      return undefined;
    });
