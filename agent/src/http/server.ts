import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { bindVia, type Via } from '../auth/via.ts';
import type { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import { settledWithin } from '../platform/deadline.ts';
import type { Services } from '../services.ts';
import type { LanCertificates } from '../trust/types.ts';
import { createAdmission } from './admission.ts';
import { createApp } from './app.ts';
import { loopbackHosts } from './hosts.ts';
import { explainLanFailure, listenOnLan, type LanListener } from './lan-listener.ts';
import { listenOnLoopback } from './listeners.ts';
import { openManagementSockets } from './websocket.ts';

/** How long answers that have their end may take to reach their clients when the agent stops. */
const flushMs = 2000;

export interface HttpOptions {
  readonly services: Services;
  readonly bus: EventBus;
  readonly log: Log;
  readonly port: number;
  readonly appFolder: string;
  /** The listener for other devices; null where they are kept out. */
  readonly lan: { readonly port: number; readonly trust: LanCertificates } | null;
}

export interface HttpServer extends AsyncDisposable {
  readonly url: string;
  /** Of the listener for other devices; null where it is not open. */
  readonly lanPort: number | null;
  /** Refuses what is new; what runs goes on. */
  stopAccepting(): void;
}

interface ListenerHandlers {
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Opens the listeners with all that answers on them. */
export async function openHttp(options: HttpOptions): Promise<HttpServer> {
  const { services, bus, log, port, appFolder } = options;
  let stopping = false;
  const admit = createAdmission(() => stopping);
  const app = await createApp({ services, bus, log, appFolder, admit });
  const sockets = openManagementSockets({ services, bus, log, admit });

  /** What a listener hands its requests and upgrades to. */
  const handlersOf = (viaNow: () => Via): ListenerHandlers => ({
    request(request, response) {
      bindVia(request, viaNow());
      response.once('close', closeIdleWhenStopping);
      app.routing(request, response);
    },
    upgrade(request, socket, head) {
      bindVia(request, viaNow());
      sockets.upgrade(request, socket, head);
    },
  });

  const loopbackNames = new Set<string>();
  const loopback = handlersOf(() => ({ listener: 'loopback', secure: false, hosts: loopbackNames }));
  const listener = await listenOnLoopback(loopback.request, port).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const { servers } = listener;
  for (const name of loopbackHosts(listener.port)) loopbackNames.add(name);
  for (const server of servers) server.on('upgrade', loopback.upgrade);

  const lan = options.lan === null ? null : await openLan(options.lan, handlersOf, log);
  const closed = Promise.all([...servers.map((server) => once(server, 'close')), lan?.closed]);

  /** Closing a server closes the connections that are idle then; others become idle with their answer's end. */
  function closeIdleWhenStopping(): void {
    if (!stopping) return;
    setImmediate(() => {
      for (const server of servers) server.closeIdleConnections();
      lan?.closeIdleConnections();
    });
  }

  function stopAccepting(): void {
    if (stopping) return;
    stopping = true;
    for (const server of servers) server.close();
    lan?.stopAccepting();
  }

  return {
    url: `http://127.0.0.1:${listener.port}`,
    lanPort: lan?.port ?? null,
    stopAccepting,
    async [Symbol.asyncDispose]() {
      stopAccepting();
      sockets.close();
      await settledWithin(flushMs, closed);
      sockets.terminate();
      for (const server of servers) server.closeAllConnections();
      lan?.terminate();
      await closed;
      await app.close();
    },
  };
}

/** An agent whose port for other devices is taken still serves this computer, and its screens say why. */
async function openLan(
  { port, trust }: NonNullable<HttpOptions['lan']>,
  handlersOf: (viaNow: () => Via) => ListenerHandlers,
  log: Log,
): Promise<LanListener | null> {
  try {
    const via = () => ({ listener: 'lan', secure: true, hosts: trust.hosts() }) as const;
    const listener = await listenOnLan(handlersOf(via), trust, port);
    trust.listensAt(listener.port);
    return listener;
  } catch (error) {
    const problem = explainLanFailure(error, port);
    log.warn({ err: error }, problem);
    trust.cannotListen(problem);
    return null;
  }
}
