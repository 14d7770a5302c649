import { randomBytes } from 'node:crypto';
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { refuseForNow } from './access.ts';
import { answerApi } from './api.ts';
import { answerBytes } from './bytes.ts';
import { Faults, type Fault } from './faults.ts';
import { answerResolve } from './resolve.ts';
import type { Exchange, HubRequestRecord, HubState, LocalHubOptions } from './state.ts';

/** A Hub on loopback, on two origins as the real one, which misbehaves on demand. */
export interface LocalHub extends AsyncDisposable {
  /** What HF_ENDPOINT takes. */
  readonly url: string;
  readonly cdnUrl: string;
  readonly requests: readonly HubRequestRecord[];
  fault(fault: Fault): void;
  clearFaults(): void;
  /** For one connection; null for as fast as it goes. */
  limit(bytesPerSecond: number | null): void;
  /** Every address that was signed so far has run out. */
  expireAll(): void;
}

const mostRecords = 100_000;

export async function startLocalHub(options: LocalHubOptions): Promise<LocalHub> {
  const requests: HubRequestRecord[] = [];
  const host = options.host ?? '127.0.0.1';
  const state: HubState = {
    repos: new Map(options.repos.map((repo) => [repo.id, repo])),
    faults: new Faults(options.seed ?? 1),
    options,
    bytesPerSecond: options.bytesPerSecond ?? null,
    secret: randomBytes(16),
    url: '',
    cdnUrl: '',
    window: [],
  };
  const { tls } = options;
  const create = (answer: RequestListener): Server =>
    tls === undefined ? createHttp(answer) : createHttps(tls, answer);
  const serve = (server: 'hub' | 'cdn', answer: (state: HubState, exchange: Exchange) => void) =>
    create((request, response) => {
      const exchange = exchangeOf(server, request, response);
      if (requests.length < mostRecords) requests.push(exchange.record);
      response.once('close', () => (exchange.record.status = response.statusCode));
      answer(state, exchange);
    });
  const hub = serve('hub', answerHub);
  const cdn = serve('cdn', (_state, exchange) => void answerBytes(state, exchange));
  const scheme = tls === undefined ? 'http' : 'https';
  state.url = `${scheme}://${await listen(hub, host, options.port ?? 0)}`;
  state.cdnUrl = `${scheme}://${await listen(cdn, host, options.cdnPort ?? 0)}`;

  return {
    url: state.url,
    cdnUrl: state.cdnUrl,
    requests,
    fault: (fault) => state.faults.add(fault),
    clearFaults: () => state.faults.clear(),
    limit: (bytesPerSecond) => (state.bytesPerSecond = bytesPerSecond),
    expireAll: () => (state.secret = randomBytes(16)),
    async [Symbol.asyncDispose]() {
      await Promise.all([hub, cdn].map(close));
    },
  };
}

function answerHub(state: HubState, exchange: Exchange): void {
  const { url } = exchange;
  if (isBeyondLimit(state)) {
    refuseForNow(exchange, 'api');
  } else if (url.pathname.startsWith('/api/')) answerApi(state, exchange);
  else answerResolve(state, exchange);
}

function isBeyondLimit({ window, options }: HubState): boolean {
  const now = Date.now();
  window.push(now);
  while ((window[0] ?? now) < now - 300_000) window.shift();
  return window.length > (options.requestsPerWindow ?? Infinity);
}

function exchangeOf(server: 'hub' | 'cdn', request: IncomingMessage, response: ServerResponse): Exchange {
  const url = new URL(request.url ?? '/', 'http://local');
  const token = /^Bearer (.+)$/u.exec(request.headers.authorization ?? '')?.[1] ?? null;
  const record: HubRequestRecord = {
    server,
    method: request.method ?? 'GET',
    path: url.pathname,
    range: request.headers.range ?? null,
    authorised: request.headers.authorization !== undefined,
    status: 0,
    sent: null,
  };
  return { request, response, url, record, token };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  return `${host}:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
