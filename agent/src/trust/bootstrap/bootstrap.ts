import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isIPv6 } from 'node:net';
import type { AuthorityCertificate, BootstrapStatus, TrustOrigin } from '@impetus/contracts';
import type { Log } from '../../log/types.ts';
import { answerBootstrap } from './answer.ts';

/** However often it is asked for, nobody forgets it open. */
const openMs = 10 * 60_000;

export interface BootstrapOptions {
  readonly authority: () => AuthorityCertificate | null;
  readonly origins: () => readonly TrustOrigin[];
  readonly addresses: () => readonly string[];
  readonly computer: string;
  readonly log: Log;
  readonly changed: () => void;
}

interface Open {
  readonly server: Server;
  readonly port: number;
  readonly until: Date;
  readonly timer: NodeJS.Timeout;
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen({ host: '::', port, exclusive: true });
  await once(server, 'listening');
}

/** The http listener that carries the certificate and its instructions, and nothing else. */
export class Bootstrap {
  readonly #options: BootstrapOptions;
  #open: Open | null = null;

  constructor(options: BootstrapOptions) {
    this.#options = options;
  }

  status(): BootstrapStatus | null {
    if (this.#open === null) return null;
    const { port, until } = this.#open;
    const hosts = this.#options.addresses().map((address) => (isIPv6(address) ? `[${address}]` : address));
    return { open: true, until: until.toISOString(), urls: hosts.map((host) => `http://${host}:${port}/`) };
  }

  /** Beside the https port where that is free, so that the address is easy to type. */
  async open(httpsPort: number): Promise<BootstrapStatus> {
    const server = this.#open?.server ?? (await this.#listen(httpsPort));
    clearTimeout(this.#open?.timer);
    const timer = setTimeout(() => void this.close(), openMs).unref();
    const { port } = server.address() as AddressInfo;
    this.#open = { server, port, until: new Date(Date.now() + openMs), timer };
    this.#options.changed();
    return this.status() as BootstrapStatus;
  }

  async close(): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    clearTimeout(open.timer);
    const closed = once(open.server, 'close');
    open.server.close();
    open.server.closeAllConnections();
    await closed;
    this.#options.log.info({ port: open.port }, 'The certificate is no longer handed out.');
    this.#options.changed();
  }

  async #listen(httpsPort: number): Promise<Server> {
    const { log, authority, origins, computer } = this.#options;
    const server = createServer(
      { maxHeaderSize: 8192, requestTimeout: 20_000, headersTimeout: 10_000, keepAliveTimeout: 2_000 },
      (request, response) => {
        answerBootstrap(request, response, { authority: authority(), origins: origins(), computer });
      },
    );
    server.maxConnections = 64;
    try {
      await listen(server, httpsPort + 1);
    } catch {
      await listen(server, 0);
    }
    log.info({ port: (server.address() as AddressInfo).port }, 'The certificate is handed out.');
    return server;
  }
}
