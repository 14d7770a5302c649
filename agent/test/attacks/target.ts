import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startAgentProcess, temporaryFolder, type AgentProcess } from '@impetus/test-kit';
import { WebSocket } from 'ws';
import type { Answer } from './attack.ts';

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Data<T> {
  readonly result: { readonly data: T };
}

/** A real agent with an owner, another without one, and the ways to speak to them. */
export interface Target extends AsyncDisposable {
  readonly agent: AgentProcess;
  /** One whose owner's account is still to be made. */
  readonly fresh: AgentProcess;
  /** The owner's cookie, with the Origin that goes with it. */
  signedIn(): Record<string, string>;
  /** Sends what no browser would; Host and Origin are the attacker's to choose. */
  send(path: string, sent?: Sent, to?: AgentProcess): Promise<Answer>;
  /** Asks for a WebSocket. */
  upgrade(path: string, headers: Readonly<Record<string, string>>): Promise<Answer>;
  /** Calls a mutation of the management. */
  call(
    procedure: string,
    input: unknown,
    headers?: Readonly<Record<string, string>>,
    to?: AgentProcess,
  ): Promise<Answer>;
  /** Does something as whoever may do everything; the answer's data. */
  admin<T>(procedure: string, input?: unknown): Promise<T>;
  /** Asks several things at once as whoever may know everything. */
  adminBatch<T>(procedures: readonly string[], inputs?: Readonly<Record<number, object>>): Promise<T>;
  /** Bytes as they are; what came back. */
  raw(text: string): Promise<Answer>;
}

/** The credential of the command line, as only the owner's own processes can read it. */
function credentialOf(agent: AgentProcess): string {
  const { credential } = JSON.parse(readFileSync(join(agent.home, 'agent.json'), 'utf8')) as {
    credential: string;
  };
  return credential;
}

const portOf = (agent: AgentProcess) => new URL(agent.url).port;
const hostOf = (agent: AgentProcess) => `localhost:${portOf(agent)}`;

async function send(
  agent: AgentProcess,
  path: string,
  { method = 'GET', headers = {}, body }: Sent,
): Promise<Answer> {
  const request = httpRequest(new URL(agent.url), { method, headers: { host: hostOf(agent), ...headers } });
  // Set by hand: a URL would straighten what attackers leave crooked.
  request.path = path;
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, body: text };
}

async function upgrade(
  agent: AgentProcess,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const socket = new WebSocket(`ws://${hostOf(agent)}${path}`, { headers: { ...headers } });
  socket.on('error', () => {});
  const opened = once(socket, 'open').then(() => ({ status: 101, headers: {}, body: '' }));
  const refused = once(socket, 'unexpected-response').then(async ([, response]) => {
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode as number, headers: response.headers, body: text };
  });
  const answer = await Promise.race([opened, refused]);
  socket.terminate();
  return answer;
}

async function raw(agent: AgentProcess, text: string): Promise<Answer> {
  const socket = connect(Number(portOf(agent)), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text);
  let answer = '';
  socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
  await once(socket, 'close');
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
  return { status: Number(/^HTTP\/1\.1 (\d+)/u.exec(head)?.[1] ?? 0), headers: {}, body };
}

export async function openTarget(env: Readonly<Record<string, string>> = {}): Promise<Target> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const agent = stack.use(
    await startAgentProcess({ home: join(path, 'home'), env: { IMPETUS_LAN: '1', ...env } }),
  );
  const fresh = stack.use(
    await startAgentProcess({ home: join(path, 'fresh'), env: { IMPETUS_LAN: '0' }, withoutOwner: true }),
  );
  const authorization = { authorization: `Bearer ${credentialOf(agent)}` };
  const json = { 'content-type': 'application/json' };
  const call: Target['call'] = (procedure, input, headers = {}, to = agent) =>
    send(to, `/trpc/${procedure}`, {
      method: 'POST',
      headers: { ...json, origin: `http://${hostOf(to)}`, ...headers },
      body: JSON.stringify(input),
    });
  const disposal = stack.move();
  return {
    agent,
    fresh,
    call,
    signedIn: () => ({ origin: `http://${hostOf(agent)}`, cookie: agent.browser?.cookie ?? '' }),
    send: (at, sent = {}, to = agent) => send(to, at, sent),
    upgrade: (at, headers) => upgrade(agent, at, headers),
    raw: (text) => raw(agent, text),
    async admin<T>(procedure: string, input: unknown = {}) {
      const answer = await call(procedure, input, authorization);
      if (answer.status !== 200) throw new Error(`${procedure}: ${answer.body}`);
      return (JSON.parse(answer.body) as Data<T>).result.data;
    },
    async adminBatch<T>(procedures: readonly string[], inputs: Readonly<Record<number, object>> = {}) {
      const query = `batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
      const answer = await send(agent, `/trpc/${procedures.join(',')}?${query}`, { headers: authorization });
      if (answer.status !== 200) throw new Error(`${procedures.join(', ')}: ${answer.body}`);
      return (JSON.parse(answer.body) as Data<unknown>[]).map(({ result }) => result.data) as T;
    },
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}
