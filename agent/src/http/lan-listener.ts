import { once } from 'node:events';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext } from 'node:tls';
import { keepAliveTimeout } from './listeners.ts';
import type { LanCertificates } from '../trust/types.ts';

/** What one connection of HTTP/2 may ask for at once; a screen with every list open asks for a dozen. */
const maxConcurrentStreams = 128;
const maxHeaderBytes = 16 * 1024;
const minVersion = 'TLSv1.2';

export interface LanHandlers {
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface LanListener {
  readonly port: number;
  /** Refuses new connections; what runs goes on. */
  stopAccepting(): void;
  closeIdleConnections(): void;
  /** Resolves when the last connection has gone. */
  readonly closed: Promise<unknown>;
  terminate(): void;
}

/**
 * HTTP/2 names the host in a pseudo header. What reads the Host reads that one, whatever a client wrote beside it.
 * WebSockets come over HTTP/1.1 alone: browsers open a connection of its own for them, as HTTP/2 does not offer them.
 */
function nameHost(request: Http2ServerRequest): void {
  const authority = request.headers[':authority'];
  if (authority !== undefined) request.headers.host = authority;
}

/** HTTP/2 only asks clients to keep to the limit of headers. Counted as it counts them: 32 bytes more for each. */
const sizeOf = (rawHeaders: readonly string[]) => rawHeaders.reduce((sum, text) => sum + text.length + 16, 0);

/** A server that allows HTTP/1.1 has what servers of it have; the types do not know. */
interface Closing {
  closeIdleConnections(): void;
}

/** Node reads the limit of headers here too. */
const http1Options: { readonly keepAliveTimeout: number; readonly maxHeaderSize: number } = {
  keepAliveTimeout,
  maxHeaderSize: maxHeaderBytes,
};

async function listen(server: Http2SecureServer, port: number): Promise<void> {
  // One socket for both families; where this computer has no IPv6 it says so.
  server.listen({ host: '::', port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL') throw error;
    server.listen({ host: '0.0.0.0', port, exclusive: true });
    await once(server, 'listening');
  }
}

/** Listens to other devices over TLS, HTTP/2 and HTTP/1.1 on one port; another certificate is shown without a pause. */
export async function listenOnLan(
  handlers: LanHandlers,
  trust: LanCertificates,
  wanted: number,
): Promise<LanListener> {
  let byName: SecureContext | undefined;
  const server = createSecureServer({
    allowHTTP1: true,
    // Browsers and programs name the host that they want; only those who dialled an address name none.
    SNICallback: (_host, answer) => answer(null, byName),
    minVersion,
    settings: { maxConcurrentStreams, maxHeaderListSize: maxHeaderBytes },
    http1Options,
  });
  const show = (served: ReturnType<LanCertificates['served']>) => {
    if (served === null) return;
    const { certificate: cert, key } = served;
    byName =
      served.byName === null
        ? undefined
        : createSecureContext({ cert: served.byName.certificate, key, minVersion });
    server.setSecureContext({ cert, key, minVersion });
  };
  show(trust.served());
  trust.onServed(show);

  server.on('request', (request: Http2ServerRequest, response: Http2ServerResponse) => {
    if (sizeOf(request.rawHeaders) > maxHeaderBytes) {
      response.writeHead(431).end();
      return;
    }
    nameHost(request);
    // The compatible classes of HTTP/2 are what Fastify takes for those of HTTP/1.1.
    handlers.request(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
  server.on('upgrade', handlers.upgrade);

  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });

  await listen(server, wanted);
  return {
    port: (server.address() as AddressInfo).port,
    stopAccepting: () => void server.close(),
    closeIdleConnections: () => (server as unknown as Closing).closeIdleConnections(),
    closed: once(server, 'close'),
    terminate: () => connections.forEach((socket) => socket.destroy()),
  };
}

/** Why the https listener could not be opened, for people. */
export function explainLanFailure(error: unknown, port: number): string {
  const { code } = error as NodeJS.ErrnoException;
  const choose = 'choose another one with IMPETUS_HTTPS_PORT or --https-port, and start again';
  if (code === 'EADDRINUSE') return `Port ${port} for other devices is taken by another program; ${choose}.`;
  if (code === 'EACCES') return `Port ${port} for other devices needs an administrator’s rights; ${choose}.`;
  return `The port for other devices could not be opened (${code ?? String(error)}).`;
}
