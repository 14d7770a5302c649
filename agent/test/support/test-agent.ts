import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scopes } from '@impetus/contracts';
import { owner, temporaryFolder } from '@impetus/test-kit';
import { createTRPCClient, createWSClient, httpLink, wsLink, type TRPCClient } from '@trpc/client';
import { WebSocket } from 'ws';
import { startAgent, type Agent } from '../../src/agent.ts';
import { cookieName } from '../../src/auth/sessions/cookies.ts';
import { readConfig, type Config } from '../../src/config/index.ts';
import type { Overrides } from '../../src/context.ts';
import type { AppRouter } from '../../src/management/router.ts';
import { fakeCatalogue, FakeInference } from './fake-services.ts';

export interface TestAgent extends AsyncDisposable {
  readonly agent: Agent;
  readonly config: Config;
  readonly inference: FakeInference;
  /** `localhost:<port>` */
  readonly host: string;
  /** The first key, with the scopes infer and load. */
  readonly key: string;
  /** What the owner's browser sends; empty without an owner. */
  readonly cookie: string;
}

export interface TestAgentOptions {
  /** `disk`: what the folders hold and the sample model, in place of one model that exists nowhere. */
  readonly catalogue?: 'fake' | 'disk';
  /** Lets other devices in, over https on a free port. */
  readonly lan?: boolean;
  readonly withoutOwner?: boolean;
  readonly overrides?: Overrides;
}

/** A whole agent in this process, with its own data folder and a page, whose models are fakes. */
export async function startTestAgent(options: TestAgentOptions = {}): Promise<TestAgent> {
  const { catalogue = 'fake', lan = false, withoutOwner = false } = options;
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const appFolder = join(path, 'app');
  mkdirSync(join(appFolder, 'assets'), { recursive: true });
  writeFileSync(join(appFolder, 'index.html'), '<!doctype html><title>The page</title>');
  writeFileSync(join(appFolder, 'sw.js'), '// worker');
  writeFileSync(join(appFolder, 'assets', 'main-abc.js'), '// plain');
  writeFileSync(join(appFolder, 'assets', 'main-abc.js.br'), 'compressed');
  const env = {
    IMPETUS_HOME: join(path, 'home'),
    IMPETUS_MODELS: join(path, 'models'),
    IMPETUS_HTTP_PORT: '0',
    IMPETUS_NAME: 'Test',
    IMPETUS_HTTPS_PORT: '0',
    IMPETUS_LAN: lan ? '1' : '0',
    IMPETUS_MDNS: '0',
  };
  const config = { ...readConfig({}, env), appFolder };

  const inference = new FakeInference();
  const overrides = {
    ...(catalogue === 'fake' && { openCatalogue: async () => fakeCatalogue() }),
    openInference: () => inference,
    ...options.overrides,
  };
  const agent = stack.use(await startAgent(config, { overrides }));
  const cookie = withoutOwner ? '' : await ownersCookie(agent);
  const disposal = stack.move();
  return {
    agent,
    config,
    inference,
    host: `localhost:${new URL(agent.http).port}`,
    key: agent.firstKey?.key ?? '',
    cookie,
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}

/** Makes the owner's account and signs a browser of the owner's in. */
async function ownersCookie({ http, context }: Agent): Promise<string> {
  const { users, devices, sessions } = context.services;
  const user = await users.createOwner(owner);
  const device = await devices.create({
    name: 'Test browser',
    kind: 'desktop',
    scopes,
    userId: user.id,
    createdBy: 'The test',
    address: null,
  });
  const from = { address: '127.0.0.1', userAgent: null };
  const { token } = await sessions.begin({ userId: user.id, deviceId: device.id, ...from });
  const hosts = new Set([`localhost:${new URL(http).port}`]);
  return `${cookieName({ listener: 'loopback', secure: false, hosts })}=${token}`;
}

export function httpClient(agent: Agent, headers: Record<string, string>): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${agent.http}/trpc`, headers })] });
}

export interface SocketClient extends AsyncDisposable {
  readonly trpc: TRPCClient<AppRouter>;
  /** Loses the connection as a phone does; the client comes back by itself. */
  cut(): void;
}

/** A client over WebSocket as the page is one, with the Origin that a browser would send. */
export function socketClient({ host, cookie }: TestAgent): SocketClient {
  class PageSocket extends WebSocket {
    constructor(url: string) {
      super(url, { origin: `http://${host}`, headers: { cookie } });
    }
  }
  const client = createWSClient({
    url: `ws://${host}/trpc`,
    WebSocket: PageSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 0,
  });
  return {
    trpc: createTRPCClient<AppRouter>({ links: [wsLink({ client })] }),
    cut: () => (client.connection?.ws as WebSocket | undefined)?.terminate(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
