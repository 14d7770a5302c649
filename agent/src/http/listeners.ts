import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ImpetusError } from '@impetus/contracts';

/** Longer than clients keep an idle connection, so that they close it first and never write into a closing one. */
export const keepAliveTimeout = 75_000;
const attemptsAtFreePort = 5;

/** Where this computer has no IPv6, these say so. */
const noSuchAddress: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

export interface LoopbackListener {
  readonly port: number;
  /** One for each of 127.0.0.1 and ::1 that there is. */
  readonly servers: readonly Server[];
}

async function listen(handler: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer({ keepAliveTimeout }, handler);
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  return server;
}

/** Both loopback addresses on one port: a browser may try either for “localhost”, and must not find another program. */
async function listenOnBoth(handler: RequestListener, wanted: number): Promise<LoopbackListener> {
  const first = await listen(handler, '127.0.0.1', wanted);
  const { port } = first.address() as AddressInfo;
  try {
    return { port, servers: [first, await listen(handler, '::1', port)] };
  } catch (error) {
    if (noSuchAddress.has(codeOf(error))) return { port, servers: [first] };
    first.close();
    throw error;
  }
}

function explain(error: unknown, port: number): unknown {
  const choose = 'choose another port with IMPETUS_HTTP_PORT or --http-port';
  if (codeOf(error) === 'EADDRINUSE') {
    return new ImpetusError('conflict', `Port ${port} is taken by another program. Stop it, or ${choose}.`, {
      cause: error,
    });
  }
  if (codeOf(error) === 'EACCES') {
    return new ImpetusError('forbidden', `Port ${port} needs an administrator's rights; ${choose}.`, {
      cause: error,
    });
  }
  return error;
}

/** Listens on this computer alone. Port 0 takes one that is free on every loopback address. */
export async function listenOnLoopback(handler: RequestListener, port: number): Promise<LoopbackListener> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await listenOnBoth(handler, port);
    } catch (error) {
      const again = port === 0 && codeOf(error) === 'EADDRINUSE' && attempt < attemptsAtFreePort;
      if (!again) throw explain(error, port);
    }
  }
}
