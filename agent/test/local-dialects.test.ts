import { join } from 'node:path';
import {
  startAgentProcess,
  temporaryFolder,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import { writeVariants } from '@impetus/test-kit/hub';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { managementClient } from './support/management-client.ts';

const model = 'impetus-sample';

let folder: TemporaryFolder;
let agent: AgentProcess;
let authorization: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeVariants(join(folder.path, 'models'), ['fim', 'rerank']);
  agent = await startAgentProcess({ home: folder.path });
  const { key } = await managementClient(agent).keys.create.mutate({
    name: 'Test',
    scopes: ['infer', 'load'],
  });
  authorization = `Bearer ${key}`;
});
afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- bodies of three wires, each looked into by its own test
  readonly body: any;
}

async function ask(path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${agent.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const lastRequest = async () => (await managementClient(agent).requests.list.query({})).records[0];

interface Chunk {
  readonly content: string;
  readonly stop: boolean;
  readonly completion_probabilities?: readonly { readonly top_logprobs: readonly object[] }[];
}

describe('llama.cpp’s endpoints', () => {
  it('complete text, whole and streamed, and record the dialect', async () => {
    const asked = { model, prompt: 'Once upon a time', n_predict: 6, temperature: 0 };
    const { body } = await ask('/completion', asked);
    expect(body).toMatchObject({
      stop: true,
      stop_type: 'limit',
      tokens_predicted: 6,
      model,
      truncated: false,
    });
    expect(await lastRequest()).toMatchObject({ dialect: 'llamacpp', endpoint: '/completion' });
    const response = await fetch(`${agent.url}/completions`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ ...asked, stream: true, n_probs: 2 }),
    });
    const events = (await response.text())
      .split('\n\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice(6)) as Chunk);
    expect(events.map(({ content }) => content).join('')).toBe(body.content);
    expect(events.map(({ stop }) => stop)).toEqual([...events.slice(1).map(() => false), true]);
    // Pieces that come at once are one event.
    const chances = events.flatMap(({ completion_probabilities: told = [] }) => told);
    expect(chances.map(({ top_logprobs: top }) => top.length)).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it('fill gaps, with files around them', async () => {
    const { body } = await ask('/infill', {
      model: 'fim',
      input_prefix: 'a house ',
      input_suffix: ' by the sea',
      input_extra: [{ filename: 'a.txt', text: 'boats' }],
      n_predict: 4,
    });
    expect(body.tokens_predicted).toBeGreaterThan(0);
    const cannot = await ask('/infill', { model, input_prefix: 'a', input_suffix: 'b' });
    expect(cannot).toMatchObject({
      status: 400,
      body: { error: { code: 400, type: 'invalid_request_error' } },
    });
  });

  it('tell tokens there and back, and the text of a template', async () => {
    const { body: there } = await ask('/tokenize', {
      model,
      content: 'a house by the sea',
      with_pieces: true,
    });
    expect(there.tokens.map(({ piece }: { piece: string }) => piece).join('')).toBe('a house by the sea');
    const tokens = there.tokens.map(({ id }: { id: number }) => id);
    expect((await ask('/detokenize', { model, tokens })).body).toEqual({ content: 'a house by the sea' });
    const { body } = await ask('/apply-template', { model, messages: [{ role: 'user', content: 'Hi' }] });
    expect(body.prompt).toContain('<|im_start|>user\nHi<|im_end|>');
  });

  it('tell of the model that is named, or of none where several could be meant', async () => {
    const { body } = await ask(`/props?model=${model}`);
    expect(body).toMatchObject({
      default_generation_settings: { n_ctx: 32_768 },
      model_alias: model,
      modalities: { vision: false },
      chat_template_caps: { supports_tool_calls: false },
    });
    expect(body.chat_template).toContain('im_start');
    await ask('/models/unload', { model });
    await ask('/models/unload', { model: 'fim' });
    expect((await ask('/props')).body).toMatchObject({ role: 'router' });
    expect(await ask('/completion', { prompt: 'x' })).toMatchObject({ status: 400 });
    expect(await ask('/props?model=nobody')).toMatchObject({
      status: 404,
      body: { error: { type: 'not_found_error' } },
    });
  });

  it('show how a model is loaded', async () => {
    const stop = new AbortController();
    const watching = await fetch(`${agent.url}/models/sse`, {
      headers: { authorization },
      signal: stop.signal,
    });
    expect(await ask('/models/load', { model })).toEqual({ status: 200, body: { success: true } });
    let text = '';
    for await (const part of watching.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      if (text.includes('"loaded"')) break;
    }
    expect(text).toMatch(/"event":"status_change","data":\{"status":"loading"/u);
    stop.abort();
    expect((await ask(`/slots?model=${model}`)).body[0]).toMatchObject({
      n_ctx: 32_768,
      is_processing: false,
    });
  });

  it('make embeddings', async () => {
    const { body } = await ask('/embedding', { model, content: ['a house', 'a boat'] });
    expect(body).toHaveLength(2);
    expect(Math.hypot(...body[1].embedding[0])).toBeCloseTo(1, 5);
  });
});

describe('ranking', () => {
  const documents = ['a house by the sea', { text: 'boats' }, 'the garden and its tulips'];

  it('scores documents by a model that can', async () => {
    const asked = { model: 'rerank', query: 'a house', documents, return_documents: true };
    const { status, body } = await ask('/v1/rerank', asked);
    expect(status).toBe(200);
    const scores = body.results.map(({ relevance_score: score }: { relevance_score: number }) => score);
    expect(scores).toEqual(scores.toSorted((a: number, b: number) => b - a));
    expect(new Set(scores).size).toBeGreaterThan(1);
    expect(scores.every((score: number) => score >= 0 && score <= 1)).toBe(true);
    expect(body.results.map(({ index }: { index: number }) => index).toSorted()).toEqual([0, 1, 2]);
    expect(body.usage.total_tokens).toBeGreaterThan(10);
    const { body: best } = await ask('/rerank', { ...asked, top_n: 1 });
    expect(best.results).toEqual(body.results.slice(0, 1));
    expect(await lastRequest()).toMatchObject({ dialect: 'llamacpp', endpoint: '/rerank' });
  });

  it('is refused by others, in the form of the path', async () => {
    const other = await ask('/v1/rerank', { model, query: 'a', documents });
    expect(other).toMatchObject({
      status: 400,
      body: { error: { param: 'model', type: 'invalid_request_error' } },
    });
    expect(await ask('/rerank', { model: 'rerank', query: 'a', documents: [] })).toMatchObject({
      status: 400,
      body: { error: { code: 400, message: expect.stringContaining('documents') } },
    });
    const chat = await ask('/v1/chat/completions', {
      model: 'rerank',
      messages: [{ role: 'user', content: 'x' }],
    });
    expect(chat).toMatchObject({ status: 400, body: { error: { param: 'model' } } });
  });
});

describe('LM Studio’s REST', () => {
  it('lists models with what is loaded', async () => {
    const { body } = await ask('/api/v0/models');
    const ids = body.data.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining([model, 'fim']));
    expect(ids).not.toContain('rerank');
    expect((await ask(`/api/v0/models/${model}`)).body).toMatchObject({
      id: model,
      type: 'llm',
      arch: 'llama',
      compatibility_type: 'gguf',
      max_context_length: 32_768,
    });
    expect(await ask('/api/v0/models/nobody')).toMatchObject({
      status: 404,
      body: { error: expect.any(String) },
    });
  });

  it('answers chats in OpenAI’s form, and records the dialect', async () => {
    const messages = [{ role: 'user', content: 'Hello!' }];
    const { body } = await ask('/api/v0/chat/completions', { model, messages, max_tokens: 4 });
    expect(body).toMatchObject({ object: 'chat.completion', model, usage: { completion_tokens: 4 } });
    expect(await lastRequest()).toMatchObject({
      dialect: 'lmstudio',
      endpoint: '/api/v0/chat/completions',
    });
  });
});

it('all of them ask for a key and take no cookie, but for health', async () => {
  const cookie = agent.browser?.cookie ?? '';
  for (const path of ['/props', '/slots', '/models/sse', '/api/v0/models']) {
    expect((await fetch(`${agent.url}${path}`, { headers: { cookie } })).status).toBe(401);
  }
  for (const path of [
    '/completion',
    '/infill',
    '/tokenize',
    '/detokenize',
    '/apply-template',
    '/rerank',
    '/embedding',
  ]) {
    const headers = { cookie, origin: agent.browser?.origin ?? '', 'content-type': 'application/json' };
    const response = await fetch(`${agent.url}${path}`, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBeGreaterThanOrEqual(401);
  }
  const health = await fetch(`${agent.url}/health`);
  expect(await health.json()).toEqual({ status: 'ok' });
});
