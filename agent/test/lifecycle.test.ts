import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  runCli,
  spawnImpetus,
  startAgentProcess,
  temporaryFolder,
  waitFor,
  type TemporaryFolder,
} from '@impetus/test-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestAgent } from './support/test-agent.ts';

let folder: TemporaryFolder;
let home: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  home = join(folder.path, 'home');
});
afterEach(() => folder[Symbol.asyncDispose]());

const serve = (env: Record<string, string> = {}) => runCli({ home, env }, 'serve', '--json');
const mode = (file: string) => statSync(join(home, file)).mode & 0o777;

it('is ready with one line of JSON, answers, and stops with nothing left behind', async () => {
  await using agent = await startAgentProcess({ home });
  expect(agent.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(agent.url)).status).toBe(200);
  const announced = JSON.parse(readFileSync(join(home, 'agent.json'), 'utf8')) as Record<string, unknown>;
  expect(announced).toMatchObject({ pid: agent.pid, http: agent.url });
  agent.kill('SIGTERM');
  expect(await agent.exited).toBe(0);
  expect(agent.stderr()).toBe('');
  expect(existsSync(join(home, 'agent.json'))).toBe(false);
  expect(existsSync(join(home, 'impetus.db-wal'))).toBe(false);
});

it('keeps its data to its owner', async () => {
  await using agent = await startAgentProcess({ home });
  expect(mode('.')).toBe(0o700);
  for (const file of ['impetus.db', 'impetus.db-wal', 'agent.json', 'agent.lock', 'logs/agent.log']) {
    expect([file, mode(file)]).toEqual([file, 0o600]);
  }
  const secrets = [readFileSync(join(home, 'agent.json'), 'utf8').match(/cli_\w+/)?.[0] ?? 'none'];
  secrets.push((await agent.cli<{ key: string }>('keys', 'create', '--name', 'K')).key);
  const log = readFileSync(join(home, 'logs', 'agent.log'), 'utf8');
  for (const secret of secrets) expect(log).not.toContain(secret);
});

/** What `serve` prints to people, up to `end`; the agent is stopped then. */
async function welcome(end: RegExp, use: (text: string) => Promise<void>): Promise<void> {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    IMPETUS_HOME: home,
    IMPETUS_HTTP_PORT: '0',
    IMPETUS_LAN: '0',
  };
  const child = spawnImpetus(['serve'], env);
  child.stderr.pipe(process.stderr);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await waitFor('the welcome', () => end.test(text));
  await use(text);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
}

it('shows the first key once, in a request to paste', async () => {
  await welcome(/"messages".*\n/, async (text) => {
    const [, url = ''] = /curl -N (\S+)\/chat\/completions/.exec(text) ?? [];
    const [, authorization = ''] = /"Authorization: (Bearer imp_\w+)"/.exec(text) ?? [];
    expect((await fetch(`${url}/models`, { headers: { authorization } })).status).toBe(200);
  });
  await welcome(/Models are in/, async (text) => expect(text).not.toContain('imp_'));
});

it('runs once on a data folder, and says which one does', async () => {
  await using first = await startAgentProcess({ home });
  const second = await serve();
  expect(second.code).toBe(1);
  expect(second.stdout).toBe('');
  expect(second.stderr).toBe(
    `An agent already runs on the data folder ${home}. It is process ${first.pid} and listens at ${first.url}. ` +
      'Stop it first, or choose another folder with IMPETUS_HOME or --home.\n',
  );
});

it('loses nothing that was acknowledged to kill -9, and starts again at once', async () => {
  for (let round = 1; round <= 3; round += 1) {
    await using agent = await startAgentProcess({ home });
    const { id } = await agent.cli<{ id: string }>('keys', 'create', '--name', `Key ${round}`);
    agent.kill('SIGKILL');
    await agent.exited;
    await using next = await startAgentProcess({ home });
    const keys = await next.cli<{ id: string; name: string }[]>('keys', 'ls');
    expect(keys[0]).toMatchObject({ id, name: `Key ${round}` });
    expect(keys).toHaveLength(round + 1);
  }
  // Six agents start, one after the other.
}, 60_000);

it('names a port that is taken, with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const answer = await serve({ IMPETUS_HTTP_PORT: String(port) });
  other.close();
  expect(answer.code).toBe(1);
  expect(answer.stderr).toBe(
    `Port ${port} is taken by another program. Stop it, or choose another port with IMPETUS_HTTP_PORT or --http-port.\n`,
  );
});

it('says in one sentence what is wrong with its data folder', async () => {
  writeFileSync(home, 'a file');
  const isFile = await serve();
  expect([isFile.code, isFile.stderr]).toEqual([
    1,
    `The data folder ${home} is a file, or lies below one. Choose another with IMPETUS_HOME or --home.\n`,
  ]);
  const below = await serve({ IMPETUS_HOME: join(home, 'below') });
  expect(below.stderr).toContain('is a file, or lies below one.');
});

it('says that its database is damaged and where a copy is', async () => {
  mkdirSync(home);
  writeFileSync(join(home, 'impetus.db'), 'this is no database, however long it may be'.repeat(100));
  const answer = await serve();
  expect(answer.code).toBe(1);
  expect(answer.stderr).toMatch(/^The database in .* is damaged\. .*backups.*\n$/);
});

it('says which setting is wrong before it touches anything', async () => {
  const answer = await serve({ IMPETUS_HTTP_PORT: 'abc' });
  expect([answer.code, answer.stderr]).toEqual([
    1,
    "IMPETUS_HTTP_PORT must be a whole number from 0 to 65535; it is 'abc'.\n",
  ]);
  expect(existsSync(home)).toBe(false);
});

it('can be started and stopped many times in one process', async () => {
  for (let round = 0; round < 5; round += 1) {
    await using test = await startTestAgent();
    expect((await fetch(test.agent.http)).status).toBe(200);
  }
});

it('refuses what is new while it stops, and lets what runs end', async () => {
  await using test = await startTestAgent();
  const controller = new AbortController();
  const answer = fetch(`${test.agent.http}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${test.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'fake', messages: [{ role: 'user', content: 'Hello' }] }),
    signal: controller.signal,
  });
  while (!test.inference.busy) await new Promise(setImmediate);
  await test.agent[Symbol.asyncDispose]();
  expect((await answer).status).toBe(503);
  expect(await (await answer).json()).toMatchObject({ error: { code: 'shutting_down' } });
  await expect(fetch(test.agent.http)).rejects.toThrow();
});
