import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Download, StateEvent } from '@impetus/contracts';
import {
  runCli,
  startAgentProcess,
  temporaryFolder,
  waitFor,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import {
  madeUp,
  memberToken,
  ofText,
  sampleRepos,
  startLocalHub,
  strangerToken,
  type LocalHub,
} from '@impetus/test-kit/hub';
import { createTRPCClient, createWSClient, wsLink, type TRPCClient } from '@trpc/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ownerClient, ownerOf } from '../bench/downloads/agent-client.ts';
import { downloadWhileKilled } from '../bench/downloads/killed-download.ts';
import type { AppRouter } from '../src/management/router.ts';
import { signHere } from '../src/trust/testing/sign-here.ts';

const megabyte = 1024 * 1024;
const big = (seed: number) => ({ 'big-Q8_0.gguf': madeUp(24 * megabyte, seed) });

let hub: LocalHub;
let folder: TemporaryFolder;
let agent: AgentProcess;
let client: TRPCClient<AppRouter>;

beforeAll(async () => {
  hub = await startLocalHub({
    repos: [
      ...(await sampleRepos()),
      ...['one', 'two', 'three', 'four', 'five'].map((name, index) => ({
        id: `big/${name}`,
        files: big(index),
      })),
      {
        id: 'bad/names',
        files: { '..%2Fescape-Q8_0.gguf': madeUp(1000, 1), 'm\u043Edel-Q4_0.gguf': madeUp(1000, 2) },
      },
      { id: 'bad/no-gguf-inside', files: { 'text-Q8_0.gguf': ofText('<html>not a model</html>') } },
      { id: 'linked/out', files: { 'a-Q8_0.gguf': madeUp(1000, 3) } },
      { id: 'taken/name', files: { 'a-Q8_0.gguf': madeUp(1000, 4) } },
    ],
  });
  folder = await temporaryFolder();
  await begin();
});
afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});
afterEach(async () => {
  hub.clearFaults();
  hub.limit(null);
  for (const { id } of await client.downloads.list.query()) await client.downloads.cancel.mutate({ id });
});

const options = () => ({ home: folder.path, env: { HF_ENDPOINT: hub.url, IMPETUS_LAN: '0' } });

async function begin(): Promise<void> {
  agent = await startAgentProcess(options());
  client = ownerClient(folder.path);
}

const models = (...names: readonly string[]) => join(folder.path, 'models', ...names);
const find = async (id: string) => (await client.downloads.list.query()).find((one) => one.id === id);

async function until(
  id: string,
  what: string,
  condition: (download: Download) => boolean,
): Promise<Download> {
  let last: Download | undefined;
  await waitFor(what, async () => {
    last = await find(id);
    return last !== undefined && condition(last);
  });
  return last as Download;
}

const ended = ({ state }: Download) => state === 'done' || state === 'failed';

const digestOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

/** Another file than the Hub's lies where `taken/name` would be put. Answers its path. */
async function putInPlaceOfTaken(): Promise<string> {
  const path = models('taken', 'name', 'a-Q8_0.gguf');
  await mkdir(models('taken', 'name'), { recursive: true });
  await writeFile(path, 'mine');
  return path;
}

describe('a model from the Hub', () => {
  it('is found, fits, comes with all its parts, and is in the library with where it came from', async () => {
    const page = await client.hub.search.query({ query: 'tiny chat' });
    expect(page.repos).toMatchObject([{ repo: 'impetus-tests/tiny-chat-GGUF', fits: true, licence: 'mit' }]);
    const repo = await client.hub.repo.query({ repo: 'impetus-tests/tiny-chat-GGUF' });
    expect(repo.quants.map(({ key, files, recommended }) => [key, files.length, recommended])).toEqual([
      ['Q8_0', 1, true],
      ['F16', 1, false],
      ['F32', 2, false],
    ]);
    const fit = await client.hub.fit.query({ repo: repo.repo, revision: repo.revision, key: 'F32' });
    expect(fit).toMatchObject({ verdict: 'fits', architecture: 'llama', contextLength: 32_768 });

    const { id } = await client.downloads.add.mutate({ repo: repo.repo, key: 'F32' });
    const done = await until(id, 'the end', ended);
    expect(done).toMatchObject({ state: 'done', doneBytes: done.sizeBytes, error: null });
    const entry = await client.models.get.query({ id: done.modelId ?? '' });
    expect(entry).toMatchObject({ problem: null, kind: 'chat', licence: 'mit' });
    // What was estimated from afar is what is estimated at home.
    const plan = await client.models.plan.query({ id: entry.id });
    expect([plan.verdict, plan.estimate.weightsBytes]).toEqual([fit.verdict, fit.estimate.weightsBytes]);
    expect(await readdir(models('.impetus-downloads'))).toEqual([]);
    await client.models.load.mutate({ id: entry.id });
  });

  it('that is too large is said to be, before a byte of its weights comes', async () => {
    const before = hub.requests.length;
    const repo = 'impetus-tests/giant-70B-GGUF';
    const fit = await client.hub.fit.query({ repo, key: 'F16' });
    expect(fit).toMatchObject({ verdict: 'does-not-fit', contextLength: 131_072 });
    expect(fit.estimate.weightsBytes).toBeGreaterThan(100e9);
    const ranges = hub.requests.slice(before).filter(({ server }) => server === 'cdn');
    expect(ranges).toHaveLength(1);
    await expect(client.downloads.add.mutate({ repo, key: 'F16' })).rejects.toMatchObject({
      data: { code: 'disk_full' },
    });
  });

  it('has a card; weights of another format come with what to do', async () => {
    const card = await client.hub.card.query({ repo: 'impetus-tests/tiny-chat-GGUF' });
    expect(card.text).toMatch(/^# Tiny chat/u);
    const repo = await client.hub.repo.query({ repo: 'impetus-tests/weights-only' });
    expect(repo.notice).toMatch(/SafeTensors.*GGUF/u);
    await expect(client.downloads.add.mutate({ repo: repo.repo })).rejects.toThrow(
      /no model to download.*SafeTensors/u,
    );
  });

  it('is recommended at the first start if the Hub has it and it fits', async () => {
    const found = await client.hub.recommend.query();
    expect(found).toMatchObject([{ repo: 'ggml-org/Qwen3-0.6B-GGUF', key: 'Q8_0' }]);
  });
});

describe('gated and private repos', () => {
  it('need a token, which is checked, kept apart, and never shown or sent elsewhere', async () => {
    const gated = { repo: 'impetus-tests/gated-chat-GGUF' };
    await expect(client.downloads.add.mutate(gated)).rejects.toMatchObject({ data: { code: 'hub_access' } });
    await expect(client.hub.setToken.mutate({ token: 'hf_unknown_token' })).rejects.toThrow(
      /does not know this token/u,
    );
    await client.hub.setToken.mutate({ token: strangerToken });
    expect((await client.hub.repo.query(gated)).access).toBe('needs-access');
    expect(await client.hub.setToken.mutate({ token: memberToken })).toMatchObject({ name: 'member' });

    const path = join(folder.path, 'secrets', 'hub-token');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(await client.hub.account.query())).not.toContain(memberToken);
    const { id } = await client.downloads.add.mutate(gated);
    expect(await until(id, 'the end', ended)).toMatchObject({ state: 'done' });
    expect(hub.requests.some(({ server, authorised }) => server === 'cdn' && authorised)).toBe(false);
    expect((await client.hub.search.query({ query: 'private-chat' })).repos).toHaveLength(1);
    const logs = await Promise.all(
      (await readdir(join(folder.path, 'logs'))).map((name) =>
        readFile(join(folder.path, 'logs', name), 'utf8'),
      ),
    );
    expect(logs.join('')).not.toContain(memberToken);

    await client.hub.clearToken.mutate();
    expect(existsSync(path)).toBe(false);
    expect((await client.hub.search.query({ query: 'private-chat' })).repos).toEqual([]);
  });
});

describe('the queue', () => {
  it('pauses, orders, joins, stops and goes on, and takes away what was cancelled', async () => {
    hub.limit(2 * megabyte);
    await client.downloads.updateSettings.mutate({ atOnce: 1, connectionsPerFile: 2 });
    // One after the other: their order is that in which they were added.
    const one = await client.downloads.add.mutate({ repo: 'big/one' });
    const two = await client.downloads.add.mutate({ repo: 'big/two' });
    const three = await client.downloads.add.mutate({ repo: 'big/three' });
    expect((await client.downloads.add.mutate({ repo: 'big/two' })).id).toBe(two.id);
    await until(one.id, 'the first bytes', ({ doneBytes }) => doneBytes > 0);
    expect((await find(two.id))?.state).toBe('queued');

    await client.downloads.prioritise.mutate({ id: three.id, priority: 'high' });
    await until(three.id, 'its turn', ({ state }) => state === 'downloading');
    await client.downloads.move.mutate({ id: two.id, before: one.id });
    const order = (await client.downloads.list.query()).map(({ id }) => id);
    expect(order).toEqual([three.id, two.id, one.id]);

    await client.downloads.pause.mutate({ id: three.id });
    const paused = await until(two.id, 'the turn of the next', ({ state }) => state === 'downloading');
    expect(paused.files).toHaveLength(1);
    expect(await find(three.id)).toMatchObject({ state: 'paused', connections: 0 });
    await client.downloads.cancel.mutate({ id: three.id });
    expect(await find(three.id)).toBeUndefined();
    expect(await readdir(models('.impetus-downloads'))).not.toContain(three.id);

    const before = await until(two.id, 'some more', ({ doneBytes }) => doneBytes > 2 * megabyte);
    agent.kill('SIGTERM');
    await agent.exited;
    await begin();
    expect((await find(two.id))?.doneBytes).toBeGreaterThanOrEqual(before.doneBytes);
    hub.limit(null);
    await client.downloads.updateSettings.mutate({ atOnce: 2 });
    for (const { id } of [one, two])
      expect(await until(id, 'the end', ended)).toMatchObject({ state: 'done' });
    expect(await digestOf(models('big', 'two', 'big-Q8_0.gguf'))).toBe(madeUp(24 * megabyte, 1).sha256());
    // The same files again: there is nothing to fetch.
    expect(await client.downloads.add.mutate({ repo: 'big/one' })).toMatchObject({
      id: one.id,
      state: 'done',
    });
  });

  it('tells every screen, at most four times a second, and never less than before', async () => {
    hub.limit(3 * megabyte);
    const heard: { readonly at: number; readonly event: StateEvent }[] = [];
    const watch = watching((event) => heard.push({ at: performance.now(), event }));
    const { id } = await client.downloads.add.mutate({ repo: 'big/four' });
    await until(id, 'the end', ended);
    await waitFor('the last event', () =>
      heard.some(
        ({ event }) =>
          event.type === 'downloads' && event.downloads.some((one) => one.id === id && one.state === 'done'),
      ),
    );
    watch[Symbol.dispose]();
    const progress = heard.filter(({ event }) => event.type === 'download-progress');
    expect(progress.length).toBeGreaterThan(3);
    const seconds = ((progress.at(-1)?.at ?? 0) - (progress[0]?.at ?? 0)) / 1000;
    expect(progress.length).toBeLessThanOrEqual(Math.ceil(seconds * 4) + 2);
    const amounts = heard.flatMap(({ event }) => {
      if (event.type === 'downloads')
        return event.downloads.filter((one) => one.id === id).map(({ doneBytes }) => doneBytes);
      return event.type === 'download-progress' ? event.progress.map(({ doneBytes }) => doneBytes) : [];
    });
    expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));
  });

  it('waits for its time, and begins when there is none to wait for', async () => {
    const day = (new Date().getDay() + 3) % 7;
    await client.downloads.updateSettings.mutate({
      windows: [{ days: [day], from: '03:00', until: '03:01' }],
    });
    const { id } = await client.downloads.add.mutate({ repo: 'impetus-tests/tiny-chat-GGUF', key: 'F16' });
    expect(await find(id)).toMatchObject({ state: 'waiting', waitsFor: 'window' });
    await client.downloads.updateSettings.mutate({ windows: [] });
    expect(await until(id, 'the end', ended)).toMatchObject({ state: 'done' });
  });
});

describe('bad input', () => {
  it.each([
    { repo: '../../etc' },
    { repo: 'a/b/c' },
    { repo: 'a/..' },
    { repo: '/abs/olute' },
    { repo: 'a\0/b' },
  ])('%j is no repo', async (input) => {
    await expect(client.downloads.add.mutate(input)).rejects.toMatchObject({
      data: { code: 'invalid_request' },
    });
  });

  it('names that are not safe are refused before anything is written', async () => {
    const repo = await client.hub.repo.query({ repo: 'bad/names' });
    expect(repo.quants).toHaveLength(2);
    for (const { key } of repo.quants) {
      await expect(client.downloads.add.mutate({ repo: 'bad/names', key })).rejects.toThrow(
        /cannot be used/u,
      );
    }
    expect(existsSync(models('bad'))).toBe(false);
  });

  it('a folder that leads out of the library is not followed', async () => {
    await using elsewhere = await temporaryFolder();
    await mkdir(models(), { recursive: true });
    await symlink(elsewhere.path, models('linked'));
    const { id } = await client.downloads.add.mutate({ repo: 'linked/out' });
    const failed = await until(id, 'the end', ended);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
    expect(failed.error?.message).toMatch(/leads out of the models folder/u);
    expect(await readdir(join(elsewhere.path, 'out')).catch(() => [])).toEqual([]);
  });

  it('another file in its place is left as it is', async () => {
    const mine = await putInPlaceOfTaken();
    const { id } = await client.downloads.add.mutate({ repo: 'taken/name' });
    expect(await until(id, 'the end', ended)).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
    expect(await readFile(mine, 'utf8')).toBe('mine');
  });

  it('a file that was put in its place meanwhile is not written over: not by another one, nor by a half', async () => {
    const place = models('big', 'five', 'big-Q8_0.gguf');
    const whole = madeUp(24 * megabyte, 4);
    hub.limit(4 * megabyte);
    const { id } = await client.downloads.add.mutate({ repo: 'big/five' });
    await until(id, 'the first bytes', ({ doneBytes }) => doneBytes > megabyte);
    await mkdir(models('big', 'five'), { recursive: true });
    await writeFile(place, 'mine');
    hub.limit(null);
    const failed = await until(id, 'the end', ended);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
    expect(await readFile(place, 'utf8')).toBe('mine');

    // What came is kept, and is in its place once the other file is out of the way.
    await rm(place);
    const before = hub.requests.length;
    await client.downloads.retry.mutate({ id });
    expect(await until(id, 'the end', ended)).toMatchObject({ state: 'done' });
    expect(hub.requests.slice(before).filter(({ server }) => server === 'cdn')).toEqual([]);
    expect(await digestOf(place)).toBe(whole.sha256());

    // Begun anew, and stopped in the middle; then somebody brings the whole file.
    const kept = await readFile(place);
    await rm(place);
    await client.downloads.cancel.mutate({ id });
    hub.limit(4 * megabyte);
    const again = await client.downloads.add.mutate({ repo: 'big/five' });
    await until(again.id, 'the first bytes', ({ doneBytes }) => doneBytes > megabyte);
    await client.downloads.pause.mutate({ id: again.id });
    await mkdir(models('big', 'five'), { recursive: true });
    await writeFile(place, kept);
    await client.downloads.resume.mutate({ id: again.id });
    expect(await until(again.id, 'the end', ended)).toMatchObject({ state: 'done' });
    expect(await digestOf(place)).toBe(whole.sha256());
  });

  it('a file whose header is none is said to be no model, and harms nobody', async () => {
    await expect(client.hub.fit.query({ repo: 'bad/no-gguf-inside', key: 'Q8_0' })).rejects.toMatchObject({
      data: { code: 'model_unusable' },
    });
  });

  it('a Hub that is in trouble is named, and the queue goes on by itself', async () => {
    hub.fault({ kind: 'html', path: '/api/' });
    await expect(client.hub.search.query({})).rejects.toThrow(/What answered is not the Hub/u);
    hub.clearFaults();
    hub.fault({ kind: 'unavailable', path: 'F16', times: 2 });
    const { id } = await client.downloads.add.mutate({ repo: 'impetus-tests/tiny-chat-GGUF', key: 'F16' });
    expect(await until(id, 'the end', ended)).toMatchObject({ state: 'done', error: null });
  });
});

describe('the command line', () => {
  it('searches, pulls and lists, and ends with an error where a download failed', async () => {
    const pulled = await runCli(options(), 'pull', 'impetus-tests/tiny-chat-GGUF:q8_0', '--wait');
    expect(pulled).toMatchObject({
      code: 0,
      stdout: 'tiny-chat-Q8_0 is in the library as tiny-chat-Q8_0.\n',
    });
    const again = await runCli(options(), 'pull', 'impetus-tests/tiny-chat-GGUF:q8_0');
    expect(again.stdout).toBe(pulled.stdout);
    const pasted = await agent.cli<{ key: string }>('pull', `${hub.url}/impetus-tests/tiny-chat-GGUF:q8_0`);
    expect(pasted.key).toBe('Q8_0');
    expect((await runCli(options(), 'downloads')).stdout).toMatch(/tiny-chat-Q8_0 .*100 % .*in the library/u);
    await putInPlaceOfTaken();
    const failed = await runCli(options(), 'pull', 'taken/name', '--wait');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/The library has another file at/u);
  });

  it('lists as many repos as were asked for, over several of the agent’s pages', async () => {
    const { repos, next } = await agent.cli<{ repos: { repo: string }[]; next: string | null }>(
      'search',
      '--any-format',
      '--limit',
      '52',
    );
    expect(next).toBeNull();
    expect(new Set(repos.map(({ repo }) => repo)).size).toBe(repos.length);
    expect(repos.length).toBeGreaterThan(51);
    expect(repos.map(({ repo }) => repo)).toContain('impetus-tests/weights-only');
    const refused = await agent.command('search', '--limit', 'many');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/no number of repos/u)]);
  });

  it('sets hours and a speed as people write them, and takes nothing else for “off”', async () => {
    const settings = (...args: string[]) => agent.command('downloads', 'settings', ...args);
    const set = await settings(
      '--hours',
      'mon-fri 23:00-07:00',
      '--speed',
      '2.5MB',
      '--only-on-mains',
      'yes',
    );
    expect(set.stdout).toMatch(
      /speed +2\.5 MB\/s\n.*power +yes\nhours +mon\+tue\+wed\+thu\+fri 23:00–07:00\n/u,
    );
    for (const wrong of [
      ['--only-on-mains', 'maybe'],
      ['--speed', 'fast'],
      ['--hours', 'at night'],
    ])
      expect((await settings(...wrong)).code).toBe(1);
    const none = await settings('--hours', 'none', '--speed', 'none', '--only-on-mains', 'no');
    expect(none.stdout).toMatch(/hours +any\n/u);
  });
});

it('killed three times in the middle, under faults: right, nothing proven fetched twice, progress never falls', async () => {
  const result = await downloadWhileKilled({ kills: 3, megabytes: 16, bytesPerSecond: 4_000_000 });
  expect(result).toMatchObject({ digestIsRight: true, failure: null });
  expect(result.rounds.map(({ askedAgainBytes, fell }) => ({ askedAgainBytes, fell }))).toEqual(
    Array.from({ length: 4 }, () => ({ askedAgainBytes: 0, fell: false })),
  );
}, 90_000);

it('comes over https and through a proxy, with an authority that the environment names', async () => {
  const { authority, leaf } = await signHere({
    label: 'Test',
    name: 'hub.local',
    addresses: ['127.0.0.1'],
    authority: null,
  });
  await using secure = await startLocalHub({
    repos: [{ id: 'secure/one', files: { 'a-Q8_0.gguf': madeUp(3 * megabyte, 9) } }],
    tls: { cert: leaf.certificate, key: leaf.key },
  });
  await using proxy = await startProxy();
  await using home = await temporaryFolder();
  const authorities = join(home.path, 'authorities.pem');
  await writeFile(authorities, authority.root);
  await using other = await startAgentProcess({
    home: home.path,
    env: { HF_ENDPOINT: secure.url, HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authorities },
  });
  const pulled = await other.cli<{ state: string }>('pull', 'secure/one', '--wait');
  expect(pulled).toMatchObject({ state: 'done' });
  const asked = new Set(proxy.asked);
  expect(asked).toEqual(new Set([secure.url, secure.cdnUrl].map((url) => new URL(url).host)));
});

/** A proxy that lets everything through, and tells what it was asked for. */
async function startProxy(): Promise<AsyncDisposable & { readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const open = new Set<Duplex>();
  const server = createServer();
  server.on('connect', ({ url = '' }, here: Duplex) => {
    asked.push(url);
    const [host = '', port] = url.split(':');
    const there = connect(Number(port), host, () => {
      here.write('HTTP/1.1 200 Connection established\r\n\r\n');
      there.pipe(here).pipe(there);
    });
    for (const side of [here, there]) {
      open.add(side);
      side.on('error', () => [here, there].forEach((one) => one.destroy()));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      open.forEach((side) => side.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}

/** Follows the state feed as a screen does. */
function watching(hear: (event: StateEvent) => void): Disposable {
  const { http, credential } = ownerOf(folder.path);
  class OwnerSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { authorization: `Bearer ${credential}` } });
    }
  }
  const socket = createWSClient({
    url: `${http.replace('http', 'ws')}/trpc`,
    WebSocket: OwnerSocket as unknown as typeof globalThis.WebSocket,
  });
  const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });
  trpc.state.watch.subscribe(undefined, { onData: ({ data }) => hear(data) });
  return { [Symbol.dispose]: () => void socket.close() };
}
