import { once } from 'node:events';
import { ImpetusError, type ChatEvent, type StateEvent } from '@impetus/contracts';
import { waitFor } from '@impetus/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  httpClient,
  socketClient,
  startTestAgent,
  type SocketClient,
  type TestAgent,
} from './support/test-agent.ts';

let test: TestAgent;
let page: SocketClient;
beforeEach(async () => {
  test = await startTestAgent();
  page = socketClient(test);
});
afterEach(async () => {
  await page[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});

const question = { model: 'fake', messages: [{ role: 'user' as const, content: 'Hello' }] };

interface Watched<T> {
  readonly events: T[];
  readonly ids: string[];
  readonly ended: boolean;
  readonly error: unknown;
  stop(): void;
}

interface Tracked<T> {
  readonly id: string;
  readonly data: T;
}

interface Callbacks<T> {
  onData(item: Tracked<T>): void;
  onComplete(): void;
  onError(error: unknown): void;
}

/** Collects what a subscription tells. */
function collect<T>(subscribe: (callbacks: Callbacks<T>) => { unsubscribe(): void }): Watched<T> {
  const watched = { events: [] as T[], ids: [] as string[], ended: false, error: undefined as unknown };
  const subscription = subscribe({
    onData({ id, data }) {
      watched.ids.push(id);
      watched.events.push(data);
    },
    onComplete: () => (watched.ended = true),
    onError: (error) => (watched.error = error),
  });
  return Object.assign(watched, { stop: () => subscription.unsubscribe() });
}

const watchState = (client: SocketClient, lastEventId?: string) =>
  collect<StateEvent>((callbacks) =>
    client.trpc.state.watch.subscribe(lastEventId === undefined ? undefined : { lastEventId }, callbacks),
  );

const watchChat = (client: SocketClient, id: string, lastEventId?: string) =>
  collect<ChatEvent>((callbacks) =>
    client.trpc.chat.watch.subscribe(
      { id, ...(lastEventId === undefined ? {} : { lastEventId }) },
      callbacks,
    ),
  );

const textOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');

describe('state.watch', () => {
  it('starts with a snapshot and goes on with what changes', async () => {
    const watched = watchState(page);
    await waitFor('the snapshot', () => watched.events.length > 0);
    expect(watched.events[0]).toMatchObject({
      type: 'snapshot',
      agent: { name: 'Test', http: test.agent.http, home: test.config.home },
      models: [{ id: 'fake' }],
      defaultModel: null,
    });
    await page.trpc.models.setDefault.mutate({ id: 'fake' });
    await waitFor('the change', () => watched.events.some(({ type }) => type === 'default-model'));
    await waitFor('a memory sample', () => watched.events.some(({ type }) => type === 'memory'));
  });

  it('misses and repeats nothing when the connection is lost', async () => {
    const watched = watchState(page);
    await waitFor('the snapshot', () => watched.events.length > 0);
    const { feed } = test.agent.context.services;
    const expected = Array.from({ length: 50 }, (_, n) => `model ${n}`);
    for (const [n, modelId] of expected.entries()) {
      feed.publish({ type: 'default-model', modelId });
      if (n % 10 === 5) page.cut();
      if (n % 10 === 9)
        await waitFor('the rest', () => JSON.stringify(watched.events).includes(`"${modelId}"`));
    }
    const heard = watched.events.flatMap((event) => (event.type === 'default-model' ? [event.modelId] : []));
    expect(heard).toEqual(expected);
    expect(watched.events.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
  });

  it('skips what a slow screen cannot take, and goes on from a new snapshot', async () => {
    const socket = new WebSocket(`ws://${test.host}/trpc`, {
      origin: `http://${test.host}`,
      headers: { cookie: test.cookie },
    });
    const types: string[] = [];
    socket.on('message', (message: Buffer) => {
      const { result } = JSON.parse(message.toString()) as { result?: { data?: { data?: StateEvent } } };
      const event = result?.data?.data;
      if (event !== undefined) types.push(event.type);
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'state.watch' } }));
    await waitFor('the snapshot', () => types.length > 0);
    socket.pause();
    const modelId = 'x'.repeat(10_000);
    for (let n = 0; n < 4000; n += 1) {
      test.agent.context.services.feed.publish({ type: 'default-model', modelId });
      if (n % 20 === 0) await new Promise(setImmediate);
    }
    socket.resume();
    await waitFor('a new snapshot', () => types.filter((type) => type === 'snapshot').length > 1);
    expect(types.length).toBeLessThan(4000);
    socket.terminate();
  });

  it('gives a screen that comes from an earlier run a snapshot', async () => {
    const watched = watchState(page, 'deadbeef-7');
    await waitFor('the snapshot', () => watched.events.length > 0);
    expect(watched.events[0]?.type).toBe('snapshot');
  });
});

describe('a chat', () => {
  it('streams to its watcher up to the end', async () => {
    const { id } = await page.trpc.chat.start.mutate(question);
    const watched = watchChat(page, id);
    await waitFor('the request', () => test.inference.busy);
    for (const word of ['Once ', 'upon ', 'a time']) test.inference.say(word);
    test.inference.end();
    await waitFor('the end', () => watched.ended);
    expect(textOf(watched.events)).toBe('Once upon a time');
    expect(watched.events.at(-1)?.kind).toBe('end');
  });

  it('gives a phone that lost its connection exactly the rest', async () => {
    const { id } = await page.trpc.chat.start.mutate(question);
    const watched = watchChat(page, id);
    await waitFor('the request', () => test.inference.busy);
    const words = Array.from({ length: 40 }, (_, n) => `word${n} `);
    for (const [n, word] of words.entries()) {
      test.inference.say(word);
      if (n % 10 === 5) page.cut();
      if (n % 10 === 9) await waitFor('the rest', () => textOf(watched.events).includes(word));
    }
    test.inference.end();
    await waitFor('the end', () => watched.ended);
    expect(textOf(watched.events)).toBe(words.join(''));
  });

  it('can be fetched whole once it has ended', async () => {
    const { id } = await page.trpc.chat.start.mutate(question);
    await waitFor('the request', () => test.inference.busy);
    test.inference.say('All ');
    test.inference.say('of it');
    test.inference.end();
    await waitFor('the end', () => !test.inference.busy);
    const watched = watchChat(page, id);
    await waitFor('the end', () => watched.ended);
    expect(textOf(watched.events)).toBe('All of it');
  });

  it('stops when told to, and the work with it', async () => {
    const { id } = await page.trpc.chat.start.mutate(question);
    const watched = watchChat(page, id);
    await waitFor('the request', () => test.inference.busy);
    test.inference.say('Once ');
    await page.trpc.chat.stop.mutate({ id });
    await waitFor('the end', () => watched.ended);
    expect(watched.events.at(-1)).toEqual({ kind: 'stopped' });
    expect(test.inference.aborted).toBe(1);
  });

  it('tells what went wrong, in the words of the error and no others', async () => {
    const failures = [new ImpetusError('runner_failed', 'The runner ended.'), new Error('secret inside')];
    for (const [n, failure] of failures.entries()) {
      const { id } = await page.trpc.chat.start.mutate(question);
      const watched = watchChat(page, id);
      await waitFor('the request', () => test.inference.busy);
      test.inference.fail(failure);
      await waitFor('the end', () => watched.ended);
      const code = n === 0 ? 'runner_failed' : 'internal';
      expect(watched.events.at(-1)).toMatchObject({ kind: 'error', error: { code } });
      expect(JSON.stringify(watched.events)).not.toContain('secret inside');
    }
  });

  it('ends with an error when the agent stops', async () => {
    const { id } = await page.trpc.chat.start.mutate(question);
    const watched = watchChat(page, id);
    await waitFor('the request', () => test.inference.busy);
    test.inference.say('Once ');
    await waitFor('the first word', () => watched.events.length > 0);
    await test.agent[Symbol.asyncDispose]();
    await waitFor('the error', () => watched.events.some(({ kind }) => kind === 'error'));
    expect(watched.events.at(-1)).toMatchObject({ kind: 'error', error: { code: 'shutting_down' } });
  });

  it('that is not known is not found', async () => {
    const watched = watchChat(page, 'nothing');
    await waitFor('the error', () => watched.error);
    expect(watched.error).toMatchObject({ data: { code: 'not_found', param: 'id' } });
  });
});

describe('scopes', () => {
  it('keep a key to what it is for', async () => {
    const client = httpClient(test.agent, { authorization: `Bearer ${test.key}` });
    await client.models.load.mutate({ id: 'fake' });
    expect([...test.inference.loaded]).toEqual(['fake']);
    const refused = { data: { code: 'forbidden', httpStatus: 403 } };
    await expect(client.keys.list.query()).rejects.toMatchObject(refused);
    await expect(client.keys.create.mutate({ name: 'More', scopes: ['admin'] })).rejects.toMatchObject(
      refused,
    );
    await expect(client.models.setDefault.mutate({ id: 'fake' })).rejects.toMatchObject(refused);
  });

  it('of a revoked key end its sockets at once', async () => {
    const { id, key } = await page.trpc.keys.create.mutate({ name: 'Laptop', scopes: ['infer'] });
    const headers = { authorization: `Bearer ${key}` };
    const socket = new WebSocket(`ws://${test.host}/trpc`, { headers });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await page.trpc.keys.revoke.mutate({ id });
    expect((await closed)[0]).toBe(1008);
  });
});

describe('errors', () => {
  it('come in our vocabulary over both wires', async () => {
    const http = httpClient(test.agent, { authorization: `Bearer ${test.key}` });
    for (const client of [http, page.trpc]) {
      await expect(client.models.load.mutate({ id: 'nothing' })).rejects.toMatchObject({
        message: 'No model “nothing”.',
        data: { code: 'model_not_found', param: 'id', httpStatus: 404 },
      });
      await expect(client.models.get.query({ id: '' })).rejects.toMatchObject({
        data: { code: 'invalid_request', param: 'id', httpStatus: 400 },
      });
    }
  });

  it('of a key that is not known arrive whole', async () => {
    const client = httpClient(test.agent, { authorization: 'Bearer imp_no' });
    await expect(client.models.list.query()).rejects.toMatchObject({
      data: { code: 'unauthorized', httpStatus: 401 },
    });
  });
});
