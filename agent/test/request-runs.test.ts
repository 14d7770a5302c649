import type { AgentSettings, RequestRecord } from '@impetus/contracts';
import { temporaryFolder, waitFor, type TemporaryFolder } from '@impetus/test-kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Agent } from '../src/agent.ts';
import { parseMetrics } from '../src/inference/requests/testing/parse-metrics.ts';
import { startWholeAgent } from './support/whole-agent.ts';

const model = 'impetus-sample';

/** Goes on after the model has ended, so that there is time for something to happen. */
const endless = { max_tokens: 20_000, ignore_eos: true, stream: true };

let home: TemporaryFolder;
let agent: Agent;
let key: string;
beforeAll(async () => {
  home = await temporaryFolder();
  agent = await start();
  key = agent.firstKey?.key ?? '';
});
afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

function start(): Promise<Agent> {
  return startWholeAgent({ home: home.path, models: `${home.path}/models` });
}

function ask(body: object, signal?: AbortSignal): Promise<Response> {
  return fetch(`${agent.http}/v1/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, prompt: 'Once upon a time', temperature: 0, ...body }),
    ...(signal && { signal }),
  });
}

const services = () => agent.context.services;
const change = (settings: Partial<AgentSettings>) => services().settings.updateAgent(settings);

/** The record of the last request, once it has ended. */
function lastRecord(): Promise<RequestRecord> {
  return waitFor('the record', async () => {
    const [record] = (await services().requests.list({ limit: 1 })).records;
    return record?.endedAt !== null && record;
  });
}

it('of a request every state is seen and every amount recorded, and the second finds the first in the cache', async () => {
  const watching = new AbortController();
  const seen: RequestRecord[] = [];
  const reading = (async () => {
    for await (const event of services().requests.watch(watching.signal)) {
      if (event.type === 'changed') seen.push(event.record);
    }
  })();
  const prompt = 'A quiet house by the sea at night. '.repeat(40);
  const first = await ask({ prompt, max_tokens: 200, ignore_eos: true });
  expect(first.status).toBe(200);
  const record = await lastRecord();
  await waitFor('its end', () => seen.some(({ state }) => state === 'done'));
  watching.abort();
  await reading;
  const states = [...new Set(seen.map(({ state }) => state))];
  expect(states.filter((state) => state !== 'loading')).toEqual(['queued', 'reading', 'writing', 'done']);
  expect(record).toMatchObject({
    state: 'done',
    completionTokens: 200,
    finishReason: 'length',
    cachedTokens: 0,
  });
  const { promptTokens, readTokens, queueMs, loadMs, prefillMs, decodeMs } = record;
  expect(promptTokens).toBeGreaterThan(1);
  expect(readTokens).toBe(promptTokens);
  // The first request has the model loaded.
  expect(loadMs).toBeGreaterThan(0);
  expect(queueMs).toBeGreaterThanOrEqual(loadMs ?? Infinity);
  expect(prefillMs).toBeGreaterThan(0);
  expect(decodeMs).toBeGreaterThan(0);
  await ask({ prompt, max_tokens: 2 });
  expect(await lastRecord()).toMatchObject({ cachedTokens: (promptTokens ?? 0) - 1, loadMs: null });
});

it('a request that takes too long is ended in the midst of its answer, and the model is free again', async () => {
  await change({ requestTimeoutSeconds: 1 });
  const reply = await ask(endless);
  const text = await reply.text();
  expect(reply.status).toBe(200);
  const [last = ''] = text.trimEnd().split('\n\n').slice(-1);
  expect(JSON.parse(last.replace('data: ', ''))).toMatchObject({
    error: { code: 'timeout', message: expect.stringContaining('longer than 1 second') },
  });
  const record = await lastRecord();
  expect(record).toMatchObject({ state: 'failed', error: { code: 'timeout' }, finishReason: null });
  expect(record.completionTokens).toBeGreaterThan(0);
  await waitFor('its place to be free', () => services().inference.runners()[0]?.active === 0);
  await change({ requestTimeoutSeconds: null });
});

it('a request whose answer is not streamed gets its timeout as a status', async () => {
  await change({ requestTimeoutSeconds: 1 });
  const reply = await ask({ ...endless, stream: false });
  expect(reply.status).toBe(504);
  expect(await reply.json()).toMatchObject({ error: { code: 'timeout' } });
  await change({ requestTimeoutSeconds: null });
});

it('a prompt that is too long is refused and recorded with both numbers', async () => {
  const reply = await ask({ prompt: 'many words of a long text '.repeat(12_000) });
  expect(reply.status).toBe(400);
  const record = await lastRecord();
  expect(record).toMatchObject({
    state: 'failed',
    error: { code: 'context_length_exceeded' },
    completionTokens: 0,
  });
  expect(record.error?.message).toMatch(/context length is \d+ tokens, but .*\d+/u);
});

it('a client that leaves in the midst of its answer is recorded as cancelled, and the model is free again', async () => {
  const client = new AbortController();
  const reply = await ask(endless, client.signal);
  const reader = reply.body?.getReader();
  for (let text = ''; !text.includes('"text":"');) {
    text += new TextDecoder().decode((await reader?.read())?.value);
  }
  client.abort();
  const record = await lastRecord();
  expect(record).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
  expect(record.completionTokens).toBeGreaterThan(0);
  await waitFor('its place to be free', () => services().inference.runners()[0]?.active === 0);
});

it('an embedding is recorded', async () => {
  await services().inference.embed({
    modelId: model,
    requester: { id: 'laptop', name: 'Laptop' },
    origin: { dialect: 'openai', endpoint: '/v1/embeddings', streamed: false },
    input: ['a house', 'by the sea'],
    signal: new AbortController().signal,
  });
  const record = await lastRecord();
  expect(record).toMatchObject({
    kind: 'embedding',
    state: 'done',
    requesterName: 'Laptop',
    completionTokens: 0,
  });
  expect(record.promptTokens).toBeGreaterThan(2);
  expect(record.queueMs).toBeGreaterThanOrEqual(0);
  expect(record.prefillMs).toBeGreaterThan(0);
});

it('the metrics agree with the records', async () => {
  const { records } = await services().requests.list({ limit: 200 });
  const samples = (name: string) => parseMetrics(services().metrics.text()).get(name)?.samples ?? [];
  const outcomes = samples('impetus_requests_total').map(({ labels, value }) => [labels['outcome'], value]);
  const counted = Map.groupBy(records, ({ state }) => state);
  expect(new Map(outcomes as [string, number][])).toEqual(
    new Map([...counted].map(([state, { length }]) => [state, length])),
  );
  const written = records.reduce((sum, { completionTokens }) => sum + completionTokens, 0);
  expect(samples('impetus_generation_tokens_total')[0]?.value).toBe(written);
  expect(samples('impetus_runner_resident_bytes')[0]?.value).toBeGreaterThan(1e6);
  expect(samples('impetus_requests_active')[0]?.value).toBe(0);
});

it('an agent that stops writes what it knows, of requests under way too', async () => {
  const { records } = await services().requests.list({ limit: 200 });
  const running = await ask(endless);
  await agent[Symbol.asyncDispose]();
  await running.text();
  agent = await start();
  const after = (await services().requests.list({ limit: 200 })).records;
  expect(after.slice(1)).toEqual(records);
  expect(after[0]).toMatchObject({ state: 'failed', error: { code: 'shutting_down' } });
});
