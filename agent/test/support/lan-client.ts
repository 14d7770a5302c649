import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { connect as connectHttp2, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { createTRPCClient, createWSClient, wsLink, type TRPCClient } from '@trpc/client';
import { WebSocket, type ClientOptions } from 'ws';
import type { AppRouter } from '../../src/management/router.ts';
import type { TestAgent } from './test-agent.ts';

/** What a device on the network knows of an agent once it has installed the authority. */
export interface LanView {
  /** `impetus-ab12.local` */
  readonly name: string;
  readonly port: number;
  /** `impetus-ab12.local:8443` */
  readonly host: string;
  readonly origin: string;
  /** The authority's certificate, PEM. */
  readonly ca: string;
}

/** The https side of an agent that was started with `lan`. */
export function lanView({ agent }: TestAgent): LanView {
  const { trust } = agent.context.services;
  const { name, port } = trust.status();
  const ca = trust.authority()?.pem;
  if (port === null || ca === undefined) throw new Error('The agent lets no other devices in.');
  return { name, port, host: `${name}:${port}`, origin: `https://${name}:${port}`, ca };
}

/** The name leads to this computer, as it would by mDNS. */
const toThisComputer = { host: '127.0.0.1' } as const;

export interface LanAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request over HTTP/1.1, on a connection of its own. */
export async function askHttp1(
  { name, port, host, ca }: LanView,
  path: string,
  { headers, body, ...options }: RequestOptions & { readonly body?: string } = {},
): Promise<LanAnswer> {
  const request = httpsRequest({
    ...toThisComputer,
    port,
    servername: name,
    ca,
    path,
    agent: false,
    headers: { host, ...headers },
    ...options,
  });
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, body: text };
}

export function openHttp2({ name, port, ca }: LanView): ClientHttp2Session {
  return connectHttp2(`https://127.0.0.1:${port}`, { servername: name, ca });
}

export function startHttp2(
  session: ClientHttp2Session,
  { host }: LanView,
  headers: Record<string, string | undefined>,
): ClientHttp2Stream {
  return session.request({ ':path': '/', ':authority': host, ...headers });
}

/** One request over HTTP/2, on a session that others share. */
export async function askHttp2(
  session: ClientHttp2Session,
  view: LanView,
  headers: Record<string, string | undefined>,
  body?: string,
): Promise<LanAnswer> {
  const stream = startHttp2(session, view, body === undefined ? headers : { ':method': 'POST', ...headers });
  stream.end(body);
  const [answer] = (await once(stream, 'response')) as [IncomingHttpHeaders & { ':status': number }];
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return { status: answer[':status'], headers: answer, body: text };
}

/** What a page of this agent sends with an upgrade, to this computer. */
function socketOptions(
  view: LanView,
  headers: Record<string, string>,
): ClientOptions & { servername: string } {
  const { name, host, origin, ca } = view;
  return { servername: name, ca, origin, headers: { host, ...headers } };
}

/** A WebSocket as a page of this agent opens one, before it is known whether it is let in. */
export function openSocket(view: LanView, headers: Record<string, string> = {}): WebSocket {
  return new WebSocket(`wss://127.0.0.1:${view.port}/trpc`, [], socketOptions(view, headers));
}

export interface LanSocket extends AsyncDisposable {
  readonly trpc: TRPCClient<AppRouter>;
}

/** A client over wss. */
export function lanSocket(view: LanView, headers: Record<string, string>): LanSocket {
  class DeviceSocket extends WebSocket {
    constructor() {
      super(`wss://127.0.0.1:${view.port}/trpc`, [], socketOptions(view, headers));
    }
  }
  const client = createWSClient({
    url: `wss://${view.host}/trpc`,
    WebSocket: DeviceSocket as unknown as typeof globalThis.WebSocket,
  });
  return {
    trpc: createTRPCClient<AppRouter>({ links: [wsLink({ client })] }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
