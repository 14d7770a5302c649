import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuthorityCertificate, BootstrapStatus } from '@impetus/contracts';
import type { Log } from '../../log/types.ts';
import { allowedHosts, originTargets } from '../addresses/origins.ts';
import { answerBootstrap } from './answer.ts';

/** However often it is asked for, nobody forgets it open. */
const openMs = 10 * 60_000;

export interface BootstrapOptions {
  readonly authority: () => AuthorityCertificate | null;
  /** The https origins, the best one first. */
  readonly origins: () => readonly string[];
  readonly addresses: () => readonly string[];
  /** The name of this computer on the network. */
  readonly name: () => string;
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
    const { addresses, name } = this.#options;
    // By address first: a device that cannot find the name shall still find this.
    const targets = originTargets([...addresses(), name()], port);
    const urls = targets.map(({ authority }) => `http://${authority}/`);
    return { open: true, until: until.toISOString(), urls };
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

  #hosts(): ReadonlySet<string> {
    if (this.#open === null) return new Set();
    const { addresses, name } = this.#options;
    return allowedHosts(originTargets([name(), ...addresses()], this.#open.port), this.#open.port);
  }

  async #listen(httpsPort: number): Promise<Server> {
    const { log, authority, origins, computer } = this.#options;
    const server = createServer(
      { maxHeaderSize: 8192, requestTimeout: 20_000, headersTimeout: 10_000, keepAliveTimeout: 2_000 },
      (request, response) => {
        const installs = authority();
        if (installs === null) response.destroy();
        else
          answerBootstrap(request, response, {
            authority: installs,
            origins: origins(),
            computer,
            hosts: this.#hosts(),
          });
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
