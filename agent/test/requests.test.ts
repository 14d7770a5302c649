import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ImpetusError,
  type RequestEvent,
  type RequestRecord,
  type UpdateAgentSettingsInput,
} from '@impetus/contracts';
import { waitFor } from '@impetus/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAnnouncement } from '../src/instance/announcement.ts';
import { homeFiles } from '../src/config/index.ts';
import { parseMetrics } from '../src/inference/requests/testing/parse-metrics.ts';
import { socketClient, startTestAgent, type SocketClient, type TestAgent } from './support/test-agent.ts';

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

const path = '/v1/chat/completions';
const content = 'A quiet house by the sea';

interface Asked {
  readonly stream?: boolean;
  readonly model?: string;
  readonly key?: string;
  readonly signal?: AbortSignal;
}

function ask({ stream = false, model = 'fake', key = test.key, signal }: Asked = {}): Promise<Response> {
  return fetch(test.agent.http + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream, messages: [{ role: 'user', content }] }),
    ...(signal && { signal }),
  });
}

const busy = () => waitFor('the request', () => test.inference.busy);
const change = (settings: UpdateAgentSettingsInput) => page.trpc.settings.update.mutate(settings);
const records = async () => (await page.trpc.requests.list.query({})).records;
const ended = (count = 1) =>
  waitFor('the record', async () => {
    const found = (await records()).filter(({ endedAt }) => endedAt !== null);
    return found.length >= count && found;
  });
const newest = async () => (await ended())[0] as RequestRecord;

/** A request that is read and answered with one word. */
async function answer(asked: Asked = {}, word = 'Waves'): Promise<string> {
  const reply = ask(asked);
  await busy();
  test.inference.tell({ kind: 'prefill', evaluated: 0, total: 1 });
  test.inference.say(word);
  test.inference.end();
  return (await reply).text();
}

describe('a record', () => {
  it.each([true, false])('is left by an answer (streamed: %s)', async (stream) => {
    await answer({ stream });
    const record = await newest();
    expect(record).toMatchObject({
      state: 'done',
      requesterName: 'First key',
      modelId: 'fake',
      dialect: 'openai',
      endpoint: path,
      kind: 'generation',
      streamed: stream,
      promptTokens: 1,
      cachedTokens: 0,
      completionTokens: 1,
      finishReason: 'stop',
      error: null,
      captured: false,
    });
    expect(await page.trpc.requests.get.query({ id: record.id })).toEqual({ record, text: null });
  });

  it('is left by an answer of the chat page', async () => {
    const messages = [{ role: 'user' as const, content }];
    const { id } = await page.trpc.chat.start.mutate({ model: 'fake', messages });
    await busy();
    expect(await records()).toMatchObject([
      { state: 'queued', dialect: 'page', endpoint: 'chat', streamed: true },
    ]);
    await page.trpc.chat.stop.mutate({ id });
    expect(await newest()).toMatchObject({ state: 'cancelled', requesterName: 'Test browser' });
  });

  it('is left by what fails, with the error that the client saw', async () => {
    const reply = ask();
    await busy();
    test.inference.fail(new ImpetusError('context_length_exceeded', '600 tokens do not fit into 512.'));
    expect((await reply).status).toBe(400);
    expect(await newest()).toMatchObject({
      state: 'failed',
      error: { code: 'context_length_exceeded', message: '600 tokens do not fit into 512.' },
    });
  });

  it.each([true, false])('is closed by a client that goes away (streamed: %s)', async (stream) => {
    const client = new AbortController();
    const reply = ask({ stream, signal: client.signal });
    await busy();
    if (stream) {
      test.inference.say('Waves');
      await reply;
    }
    client.abort();
    await reply.then((response) => response.text()).catch(() => {});
    expect(await newest()).toMatchObject({ state: 'cancelled', completionTokens: stream ? 1 : 0 });
    expect(test.inference.aborted).toBe(1);
  });

  it('is left by an embedding', async () => {
    await test.agent.context.services.inference.embed({
      modelId: 'fake',
      requester: { id: 'laptop', name: 'Laptop' },
      origin: { dialect: 'openai', endpoint: '/v1/embeddings', streamed: false },
      input: ['a', 'b'],
      signal: new AbortController().signal,
    });
    expect(await newest()).toMatchObject({
      state: 'done',
      kind: 'embedding',
      requesterId: 'laptop',
      promptTokens: 2,
    });
  });

  it('is for admins alone', async () => {
    const headers = { authorization: `Bearer ${test.key}` };
    expect((await fetch(`${test.agent.http}/trpc/requests.list?input={}`, { headers })).status).toBe(403);
  });
});

it('a screen that watches sees a request wait, be read, be written and be done', async () => {
  const seen: string[] = [];
  const onData = (event: RequestEvent) => void (event.type === 'changed' && seen.push(event.record.state));
  const subscription = page.trpc.requests.watch.subscribe(undefined, { onData });
  // Over one socket messages are heard in order: the subscription stands when this has its answer.
  await records();
  const reply = ask({ stream: true });
  await busy();
  await waitFor('its arrival', () => seen.includes('queued'));
  test.inference.tell({ kind: 'prefill', evaluated: 0, total: 2 });
  await waitFor('its reading', () => seen.includes('reading'));
  test.inference.say('Waves');
  await waitFor('its writing', () => seen.includes('writing'));
  test.inference.end();
  await (await reply).text();
  await waitFor('its end', () => seen.includes('done'));
  expect([...new Set(seen)]).toEqual(['queued', 'reading', 'writing', 'done']);
  subscription.unsubscribe();
});

describe('limits', () => {
  const refusal = { type: 'requests', code: 'rate_limit_exceeded', param: null };

  it.each([true, false])('refuse with 429 who has too many at once (streamed: %s)', async (stream) => {
    await change({ concurrencyPerKey: 1 });
    const first = ask({ stream: true });
    await busy();
    const second = await ask({ stream });
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1']);
    const { error } = (await second.json()) as { error: { message: string } };
    expect(error).toMatchObject(refusal);
    expect(error.message).toContain('“First key” has 1 request under way already');
    const other = await page.trpc.keys.create.mutate({ name: 'Laptop' });
    test.inference.end();
    await (await first).text();
    expect(await answer({ stream, key: other.key })).toContain('Waves');
    expect(await answer({ stream })).toContain('Waves');
  });

  it.each([true, false])(
    'refuse with 429 who asks too often, and say until when (streamed: %s)',
    async (stream) => {
      await change({ requestsPerMinutePerKey: 2 });
      await answer();
      await answer();
      const third = await ask({ stream });
      const seconds = Number(third.headers.get('retry-after'));
      expect([third.status, seconds > 0 && seconds <= 30]).toEqual([429, true]);
      expect(await third.json()).toMatchObject({ error: refusal });
      expect(await newest()).toMatchObject({
        state: 'failed',
        error: { code: 'rate_limited' },
        queueMs: expect.any(Number),
      });
    },
  );

  it.each(['queue_full', 'insufficient_memory'] as const)(
    'of the agent itself (%s) say when to come back',
    async (code) => {
      const reply = ask({ stream: true });
      await busy();
      test.inference.fail(new ImpetusError(code, 'Not now.', { retryAfterSeconds: 7 }));
      expect([(await reply).status, (await reply).headers.get('retry-after')]).toEqual([503, '7']);
      expect(await newest()).toMatchObject({ state: 'failed', error: { code } });
    },
  );

  it('of time end an answer in its midst', async () => {
    await change({ requestTimeoutSeconds: 1 });
    const reply = await (async () => {
      const asked = ask({ stream: true });
      await busy();
      test.inference.tell({ kind: 'prefill', evaluated: 0, total: 1 });
      test.inference.say('Waves');
      return asked;
    })();
    const text = await reply.text();
    expect(reply.status).toBe(200);
    expect(text).toMatch(
      /data: \{"error":\{"message":"The answer took longer than 1 second, .*"code":"timeout"/u,
    );
    expect(text).not.toContain('[DONE]');
    expect(await newest()).toMatchObject({
      state: 'failed',
      error: { code: 'timeout' },
      completionTokens: 1,
    });
  });
});

describe('/metrics', () => {
  const scrape = (headers: Record<string, string> = {}) => fetch(`${test.agent.http}/metrics`, { headers });

  it('is refused to all but admins with a credential', async () => {
    expect((await scrape()).status).toBe(401);
    expect((await scrape({ origin: test.agent.http, 'sec-fetch-site': 'same-origin' })).status).toBe(401);
    expect((await scrape({ cookie: 'impetus=1' })).status).toBe(401);
    expect((await scrape({ authorization: 'Bearer imp_no' })).status).toBe(401);
    expect((await scrape({ authorization: `Bearer ${test.key}` })).status).toBe(403);
  });

  it('is given to an admin key and to the command line, in the format of Prometheus', async () => {
    await answer();
    const unknown = ask({ model: 'nobody' });
    await busy();
    test.inference.fail(new ImpetusError('model_not_found', 'No model “nobody”.'));
    await unknown;
    void ask({ stream: true });
    await busy();
    test.inference.tell({ kind: 'prefill', evaluated: 0, total: 1 });
    await waitFor('the reading', async () => (await records())[0]?.state === 'reading');
    const { key } = await page.trpc.keys.create.mutate({ name: 'Prometheus', scopes: ['admin'] });
    const cli = readAnnouncement(homeFiles(test.config.home).announcement)?.credential ?? '';
    for (const credential of [key, cli]) {
      const reply = await scrape({ authorization: `Bearer ${credential}` });
      expect(reply.status).toBe(200);
      expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      const metrics = parseMetrics(await reply.text());
      expect(metrics.get('impetus_requests_total')?.samples.map(({ labels }) => labels)).toEqual([
        { dialect: 'openai', model: 'fake', outcome: 'done' },
        { dialect: 'openai', model: 'unknown', outcome: 'failed' },
      ]);
      expect(metrics.get('impetus_generation_tokens_total')?.samples[0]?.value).toBe(1);
      expect(metrics.get('impetus_requests_active')?.samples[0]?.value).toBe(1);
    }
  });
});

describe('the text of requests', () => {
  /** The files of the data folder that hold the text. */
  async function holders(text: string): Promise<string[]> {
    await records();
    const files = readdirSync(test.config.home, { recursive: true, withFileTypes: true });
    return files
      .filter((file) => file.isFile() && readFileSync(join(file.parentPath, file.name)).includes(text))
      .map(({ name }) => name);
  }

  it('is nowhere unless its owner wants it kept', async () => {
    await answer({}, 'Seagulls above');
    const reply = ask();
    await busy();
    test.inference.fail(new Error(`It broke at ${content.length}.`));
    await reply;
    await ended(2);
    expect(await holders(content)).toEqual([]);
    expect(await holders('Seagulls above')).toEqual([]);
    expect(await holders(test.key)).toEqual([]);
  });

  it('is kept when wanted, is not when no longer, and is gone when forgotten', async () => {
    await change({ captureText: true });
    await answer({}, 'Seagulls above');
    await change({ captureText: false });
    await answer({}, 'Nobody hears this');
    const [second, first] = await ended(2);
    expect([second?.captured, first?.captured]).toEqual([false, true]);
    const { text } = await page.trpc.requests.get.query({ id: first?.id ?? '' });
    expect(text).toEqual({ prompt: `user:\n${content}`, answer: 'Seagulls above', cut: false });
    expect((await holders(content)).length).toBeGreaterThan(0);
    expect(await holders('Nobody hears this')).toEqual([]);
    await page.trpc.requests.forgetText.mutate();
    expect(await holders(content)).toEqual([]);
    expect(await holders('Seagulls above')).toEqual([]);
    expect((await records()).map(({ captured }) => captured)).toEqual([false, false]);
  });
});
