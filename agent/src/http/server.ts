import { once } from 'node:events';
import { ImpetusError } from '@impetus/contracts';
import type { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import { settledWithin } from '../platform/deadline.ts';
import type { Services } from '../services.ts';
import { createApp } from './app.ts';
import { loopbackHosts } from './hosts.ts';
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
}

export interface HttpServer extends AsyncDisposable {
  readonly url: string;
  /** Refuses what is new; what runs goes on. */
  stopAccepting(): void;
}

/** Opens the loopback listener with all that answers on it. */
export async function openHttp(options: HttpOptions): Promise<HttpServer> {
  const { services, bus, log, port, appFolder } = options;
  let hosts: ReadonlySet<string> = new Set();
  let stopping = false;

  function admit(host: string | undefined): void {
    if (host === undefined || !hosts.has(host.toLowerCase())) {
      throw new ImpetusError(
        'host_not_allowed',
        `The agent does not answer to the name “${host ?? ''}”. Use localhost or 127.0.0.1 with its port.`,
      );
    }
    if (stopping) throw new ImpetusError('shutting_down', 'The agent is stopping. Try again in a moment.');
  }

  const app = await createApp({ services, log, appFolder, admit });
  const listener = await listenOnLoopback((request, response) => {
    response.once('close', closeIdleWhenStopping);
    app.routing(request, response);
  }, port).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const { servers } = listener;
  hosts = loopbackHosts(listener.port);
  const sockets = openManagementSockets({ services, bus, log, admit });
  for (const server of servers) server.on('upgrade', sockets.upgrade);
  const closed = Promise.all(servers.map((server) => once(server, 'close')));

  /** Closing a server closes the connections that are idle then; others become idle with their answer's end. */
  function closeIdleWhenStopping(): void {
    if (stopping) setImmediate(() => servers.forEach((server) => server.closeIdleConnections()));
  }

  function stopAccepting(): void {
    if (stopping) return;
    stopping = true;
    for (const server of servers) server.close();
  }

  return {
    url: `http://127.0.0.1:${listener.port}`,
    stopAccepting,
    async [Symbol.asyncDispose]() {
      stopAccepting();
      sockets.close();
      await settledWithin(flushMs, closed);
      sockets.terminate();
      for (const server of servers) server.closeAllConnections();
      await closed;
      await app.close();
    },
  };
}
