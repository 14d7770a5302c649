import { once } from 'node:events';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ImpetusError, toImpetusError } from '@impetus/contracts';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ManagementAccess, Principal } from '../auth/types.ts';
import { originOf, viaOf } from '../auth/via.ts';
import { endsAccessOf } from '../events/access-ended.ts';
import type { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import { logFailure } from '../management/errors.ts';
import { appRouter } from '../management/router.ts';
import { notSignedIn, type ManagementContext } from '../management/trpc.ts';
import type { Services } from '../services.ts';
import { hostOf, type Arrival } from './admission.ts';
import { errorReply, pathOf } from './errors.ts';
import { refuseKeyInUrl } from './keys-in-urls.ts';
import { recordRefusal } from './refusals.ts';
import { securityHeaders } from './security-headers.ts';

const maxMessageBytes = 1024 * 1024;
const goingAway = 1001;
const policyViolation = 1008;
const farewellMs = 500;

/** A close frame holds 123 bytes of reason. */
const closeReason = (text: string) =>
  Buffer.from(text)
    .subarray(0, 120)
    .toString('utf8')
    .replace(/\uFFFD$/u, '');

export interface WebSocketOptions {
  readonly services: Services;
  readonly bus: EventBus;
  readonly log: Log;
  /** As for every other request. */
  readonly admit: (request: Arrival) => void;
}

export interface ManagementSockets {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Asks every client to go; those that can will reconnect when the agent is back. */
  close(): void;
  /** Cuts off those that did not. */
  terminate(): void;
}

/** Refuses on the raw socket, so that no WebSocket ever comes to be. */
function refuse(socket: Duplex, path: string, error: ImpetusError): void {
  const { status, body, headers } = errorReply(path, error);
  const content = JSON.stringify(body);
  const lines = Object.entries({
    ...securityHeaders,
    ...headers,
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(content)),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${content}`);
}

/** Resolves when the socket takes more; rejects when the subscription ends first. */
async function writable(socket: Duplex, signal: AbortSignal | undefined): Promise<void> {
  if (socket.writableNeedDrain) await once(socket, 'drain', signal === undefined ? {} : { signal });
}

/** tRPC over WebSocket: everything is decided before the upgrade, and a revoked key's sockets close at once. */
export function openManagementSockets(options: WebSocketOptions): ManagementSockets {
  const { services, bus, log, admit } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  const entrances = new WeakMap<
    IncomingMessage,
    { readonly principal: Principal; readonly setCookie: string | null }
  >();
  const sockets = new Map<WebSocket, Principal>();

  const trpc = applyWSSHandler({
    wss: server,
    router: appRouter,
    keepAlive: { enabled: true },
    createContext: ({ req }): ManagementContext => {
      const entrance = entrances.get(req);
      if (entrance === undefined) throw new Error('A WebSocket passed without a principal.');
      return {
        services,
        principal: entrance.principal,
        refusal: null,
        via: viaOf(req),
        origin: originOf(viaOf(req), hostOf(req)),
        address: req.socket.remoteAddress ?? null,
        userAgent: req.headers['user-agent'] ?? null,
        signedIn: { principal: null },
        entry: {},
        setCookie: null,
        writable: (signal) => writable(req.socket, signal),
      };
    },
    onError: ({ error, path }) => logFailure(log, error, path),
  });

  const listening = bus.on('access-ended', (ended) => {
    for (const [socket, principal] of sockets) {
      if (!endsAccessOf(principal, ended)) continue;
      socket.close(policyViolation, closeReason(ended.message));
      // One that does not answer the farewell gets no more of what it watches.
      setTimeout(() => socket.terminate(), farewellMs).unref();
    }
  });

  // A session whose token was renewed takes the new one along with the upgrade.
  server.on('headers', (headers: string[], request: IncomingMessage) => {
    const setCookie = entrances.get(request)?.setCookie;
    if (setCookie !== null && setCookie !== undefined) headers.push(`Set-Cookie: ${setCookie}`);
  });

  async function authorize(
    request: IncomingMessage,
  ): Promise<Pick<ManagementAccess, 'setCookie'> & { principal: Principal }> {
    admit(request);
    if (pathOf(request.url ?? '/').replace(/\/$/, '') !== '/trpc') {
      throw new ImpetusError('not_found', 'WebSockets are spoken at /trpc alone.');
    }
    refuseKeyInUrl(request.url ?? '/');
    const { principal, refusal, setCookie } = await services.access.forManagement(request, { upgrade: true });
    if (principal === null) throw refusal ?? notSignedIn();
    return { principal, setCookie };
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { principal, setCookie } = await authorize(request);
    if (socket.destroyed) return;
    entrances.set(request, { principal, setCookie });
    server.handleUpgrade(request, socket, head, (client) => {
      sockets.set(client, principal);
      const present = services.presence.enter(principal);
      client.once('close', () => {
        sockets.delete(client);
        present[Symbol.dispose]();
      });
      server.emit('connection', client, request);
    });
  }

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      upgrade(request, socket, head).catch((thrown: unknown) => {
        const error = toImpetusError(thrown);
        recordRefusal(services.audit, error, { raw: request, principal: null });
        refuse(socket, pathOf(request.url ?? '/'), error);
      });
    },

    close() {
      listening[Symbol.dispose]();
      trpc.broadcastReconnectNotification();
      for (const socket of sockets.keys()) socket.close(goingAway, 'The agent is stopping.');
    },

    terminate() {
      for (const socket of sockets.keys()) socket.terminate();
    },
  };
}
