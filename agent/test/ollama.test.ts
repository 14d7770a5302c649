import { join } from 'node:path';
import {
  startAgentProcess,
  temporaryFolder,
  waitFor,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import { sampleRepos, startLocalHub, writeVariants, type LocalHub } from '@impetus/test-kit/hub';
import { Ollama, type ChatResponse, type Tool } from 'ollama';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { managementClient } from './support/management-client.ts';

const model = 'impetus-sample';
const messages = [{ role: 'user', content: 'Hello, who are you?' }];
const short = { num_predict: 8, temperature: 0, num_ctx: 8_192 };
const weather: Tool = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'The weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

let folder: TemporaryFolder;
let hub: LocalHub;
let agent: AgentProcess;
let key: string;
let client: Ollama;

beforeAll(async () => {
  folder = await temporaryFolder();
  hub = await startLocalHub({ repos: await sampleRepos() });
  await writeVariants(join(folder.path, 'models'), ['fim']);
  agent = await startAgentProcess({ home: folder.path, env: { HF_ENDPOINT: hub.url } });
  const scopes = 'infer,load,download,remove,admin';
  key = (await agent.cli<{ key: string }>('keys', 'create', '--name', 'Test', '--scopes', scopes)).key;
  client = clientWith(key);
});
afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const clientWith = (secret: string) =>
  new Ollama({ host: agent.url, headers: { authorization: `Bearer ${secret}` } });
const lastRequest = async () => (await managementClient(agent).requests.list.query({})).records[0];
const nanoseconds = expect.toSatisfy((value: number) => Number.isInteger(value) && value > 0);

describe('models', () => {
  it('are listed, shown and, once loaded, told with their context', async () => {
    expect(await client.version()).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/u) });
    const { models } = await client.list();
    expect(models.find(({ name }) => name === model)).toMatchObject({
      model,
      size: expect.any(Number),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/u),
      details: { format: 'gguf', family: 'llama', parameter_size: '3.6M', quantization_level: 'Q8_0' },
    });
    expect((await client.ps()).models).toEqual([]);

    const cold = await client.show({ model: `${model}:latest` });
    expect(cold.model_info).toMatchObject({
      'general.architecture': 'llama',
      'general.basename': expect.any(String),
      'llama.context_length': 32_768,
      'tokenizer.ggml.tokens': null,
    });
    expect(cold.capabilities).toEqual(['completion']);
    expect(cold.parameters).not.toContain('num_ctx');

    const loaded = await client.generate({ model, prompt: '', keep_alive: '1h' });
    expect(loaded).toMatchObject({ done: true, done_reason: 'load', response: '' });
    const [running] = (await client.ps()).models as unknown as {
      expires_at: string;
      context_length: number;
    }[];
    expect(running).toMatchObject({ name: model, size_vram: 0, context_length: expect.any(Number) });
    const minutes = (Date.parse(running?.expires_at ?? '') - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(55);
    const warm = await client.show({ model });
    expect(warm.parameters).toMatch(new RegExp(`^num_ctx +${running?.context_length}$`, 'mu'));
  });

  it('that fill gaps say so in capabilities and template', async () => {
    const shown = await client.show({ model: 'fim' });
    expect(shown.capabilities).toContain('insert');
    expect(shown.template).toContain('.Suffix');
  });

  it('are unloaded by a prompt that is empty and kept for no time', async () => {
    await client.chat({ model: 'fim', messages: [], keep_alive: -1 });
    expect((await client.ps()).models.map(({ name }) => name)).toContain('fim');
    const gone = await client.chat({ model: 'fim', messages: [], keep_alive: 0 });
    expect(gone.done_reason).toBe('unload');
    expect((await client.ps()).models.map(({ name }) => name)).not.toContain('fim');
  });
});

describe('chats', () => {
  it('answer whole, with counts and times', async () => {
    const answer = await client.chat({ model: `${model}:latest`, messages, options: short });
    expect(answer).toMatchObject({
      model: `${model}:latest`,
      message: { role: 'assistant', content: expect.stringMatching(/\w/u) },
      done: true,
      done_reason: 'length',
      eval_count: 8,
      total_duration: nanoseconds,
      prompt_eval_duration: nanoseconds,
      eval_duration: nanoseconds,
    });
    expect(answer.prompt_eval_count).toBeGreaterThan(5);
    expect(await lastRequest()).toMatchObject({ dialect: 'ollama', endpoint: '/api/chat', streamed: false });
  });

  it('stream the same text, and no context size that is asked for loads the model again', async () => {
    const whole = await client.chat({ model, messages, options: short });
    const pid = (await client.ps()).models.find(({ name }) => name === model);
    const parts: ChatResponse[] = [];
    const stream = await client.chat({
      model,
      messages,
      options: { ...short, num_ctx: 40_000 },
      stream: true,
    });
    for await (const part of stream) parts.push(part);
    expect(parts.map(({ message }) => message.content).join('')).toBe(whole.message.content);
    expect(parts.slice(0, -1).every(({ done }) => !done)).toBe(true);
    expect(parts.at(-1)).toMatchObject({ done: true, done_reason: 'length', eval_count: 8 });
    expect((await client.ps()).models.find(({ name }) => name === model)?.size).toBe(pid?.size);
  });

  it('follow a schema, and JSON of any kind', async () => {
    const format = {
      type: 'object',
      properties: { colour: { enum: ['red', 'green'] } },
      required: ['colour'],
      additionalProperties: false,
    };
    const answer = await client.chat({ model, messages, format, options: { seed: 1 } });
    expect(JSON.parse(answer.message.content)).toEqual({ colour: expect.stringMatching(/^(red|green)$/u) });
    const refused = client.chat({
      model,
      messages,
      format: { type: 'object', patternProperties: { '^x': {} } },
    });
    await expect(refused).rejects.toMatchObject({
      status_code: 400,
      error: expect.stringContaining('patternProperties'),
    });
  });

  it('take tools, their calls and their answers', async () => {
    const answer = await client.chat({
      model,
      messages: [
        ...messages,
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ function: { name: 'weather', arguments: { city: 'Ulm' } } }],
        },
        { role: 'tool', tool_name: 'weather', content: '12 °C' },
      ],
      tools: [weather],
      options: short,
    });
    expect(answer.message.role).toBe('assistant');
    expect(answer.prompt_eval_count).toBeGreaterThan(50);
  });

  it('take the choice of thinking, and tell log probabilities', async () => {
    for (const think of [true, false, 'low'] as const) {
      const { message } = await client.chat({ model, messages, think, options: { num_predict: 2 } });
      expect(message.content).toBeTruthy();
    }
    const told = await client.chat({
      model,
      messages,
      logprobs: true,
      top_logprobs: 2,
      options: { ...short, num_predict: 3 },
    });
    expect(told.logprobs?.map(({ token }) => token).join('')).toBe(told.message.content);
    expect(told.logprobs?.[0]?.top_logprobs).toHaveLength(2);
  });

  it('end where the client aborts, and the runner is free again', async () => {
    const stream = await client.chat({
      model,
      messages,
      stream: true,
      options: { num_predict: 20_000, ...({ temperature: 1 } as const) },
    });
    const ended = (async () => {
      for await (const { message } of stream) if (message.content !== '') stream.abort();
    })();
    await expect(ended).rejects.toThrow('abort');
    await waitFor('the end of the work', async () => (await lastRequest())?.state === 'cancelled');
  });

  it('are read as curl sends them, without a type', async () => {
    const body = JSON.stringify({ model, messages, stream: false, options: short });
    for (const type of ['application/x-www-form-urlencoded', 'text/plain;charset=UTF-8']) {
      const headers = { authorization: `Bearer ${key}`, 'content-type': type };
      const response = await fetch(`${agent.url}/api/chat`, { method: 'POST', headers, body });
      expect(await response.json()).toMatchObject({ done: true });
    }
  });

  it('refuse pictures, too long prompts and unknown models in Ollama’s form', async () => {
    const picture = client.chat({ model, messages: [{ role: 'user', content: 'x', images: ['aGk='] }] });
    await expect(picture).rejects.toMatchObject({
      status_code: 400,
      error: expect.stringContaining('images'),
    });
    const long = client.chat({ model, messages: [{ role: 'user', content: 'word '.repeat(40_000) }] });
    await expect(long).rejects.toMatchObject({
      status_code: 400,
      error: expect.stringContaining('maximum context'),
    });
    await expect(client.chat({ model: 'nobody', messages })).rejects.toMatchObject({
      status_code: 404,
      error: expect.stringContaining('not found'),
    });
  });
});

describe('a key', () => {
  it('is needed, until the owner lets programs on this computer do without', async () => {
    const keyless = new Ollama({ host: agent.url });
    await expect(keyless.list()).rejects.toMatchObject({ status_code: 401 });
    const { settings } = managementClient(agent);
    await settings.update.mutate({ ollamaWithoutKey: true });
    expect((await keyless.chat({ model, messages, options: short })).done).toBe(true);
    expect(await lastRequest()).toMatchObject({ requesterId: 'local' });
    await expect(keyless.delete({ model })).rejects.toMatchObject({ status_code: 403 });
    expect((await fetch(`${agent.url}/v1/models`)).status).toBe(401);
    await settings.update.mutate({ ollamaWithoutKey: false });
    await expect(keyless.list()).rejects.toMatchObject({ status_code: 401 });
  });
});

describe('single prompts', () => {
  it('are continued through the template, and as they are', async () => {
    const through = await client.generate({
      model,
      prompt: 'Who are you?',
      system: 'Be short.',
      options: short,
    });
    const raw = await client.generate({ model, prompt: 'Who are you?', raw: true, options: short });
    expect(through.prompt_eval_count).toBeGreaterThan(raw.prompt_eval_count);
    const stream = await client.generate({
      model,
      prompt: 'Who are you?',
      raw: true,
      options: short,
      stream: true,
    });
    let text = '';
    for await (const { response = '' } of stream) text += response;
    expect(text).toBe(raw.response);
  });

  it('fill a gap where the model can', async () => {
    const filled = await client.generate({
      model: 'fim',
      prompt: 'a house ',
      suffix: ' by the sea',
      options: short,
    });
    expect(filled.eval_count).toBeGreaterThan(0);
    const cannot = client.generate({ model, prompt: 'a', suffix: 'b' });
    await expect(cannot).rejects.toMatchObject({
      status_code: 400,
      error: expect.stringContaining('middle'),
    });
    const template = client.generate({ model, prompt: 'a', template: '{{ .Prompt }}' });
    await expect(template).rejects.toMatchObject({ error: expect.stringContaining('template') });
  });
});

it('a larger context that is asked for is loaded once, rounded up', async () => {
  const contextOf = async () =>
    ((await client.ps()).models as unknown as { name: string; context_length: number }[]).find(
      ({ name }) => name === 'fim',
    )?.context_length;
  const ask = (context: number) =>
    client.generate({ model: 'fim', prompt: 'a', options: { num_predict: 1, num_ctx: context } });
  await ask(2_048);
  expect(await contextOf()).toBe(32_768);
  await ask(40_000);
  expect(await contextOf()).toBe(65_536);
  expect((await ask(48_000)).load_duration).toBe(0);
  expect((await ask(2_048)).load_duration).toBe(0);
  expect(await contextOf()).toBe(65_536);
});

describe('embeddings', () => {
  it('have length 1, are cut where that is asked for, and long inputs are shortened', async () => {
    const { embeddings, prompt_eval_count: tokens } = await client.embed({
      model,
      input: ['a house', 'a boat'],
    });
    expect(embeddings).toHaveLength(2);
    expect(Math.hypot(...(embeddings[0] ?? []))).toBeCloseTo(1, 5);
    expect(tokens).toBeGreaterThan(2);
    const cut = await client.embed({ model, input: 'a house', dimensions: 16 });
    expect(cut.embeddings[0]).toHaveLength(16);
    expect(Math.hypot(...(cut.embeddings[0] ?? []))).toBeCloseTo(1, 5);
    const older = await client.embeddings({ model, prompt: 'a house' });
    expect(older.embedding).toHaveLength(embeddings[0]?.length ?? -1);

    const { models } = managementClient(agent);
    await models.updateSettings.mutate({ id: 'fim', settings: { contextSize: 256 } });
    await models.unload.mutate({ id: 'fim' });
    const long = { model: 'fim', input: ['word '.repeat(600), 'a house'] };
    await expect(client.embed({ ...long, truncate: false })).rejects.toMatchObject({ status_code: 400 });
    const shortened = await client.embed(long);
    expect(shortened.embeddings).toHaveLength(2);
    expect(shortened.prompt_eval_count).toBeLessThanOrEqual(256 + 10);
  });
});

describe('the library', () => {
  const pulled = 'hf.co/impetus-tests/tiny-chat-GGUF:F16';

  it('takes a model from the Hub, answers by the name it was pulled by, and removes it', async () => {
    const statuses: string[] = [];
    let completed = 0;
    for await (const status of await client.pull({ model: pulled, stream: true })) {
      statuses.push(status.status);
      if (status.total !== undefined) {
        expect(status.completed).toBeGreaterThanOrEqual(completed);
        expect(status.digest).toMatch(/^sha256:[0-9a-f]{64}$/u);
        ({ completed } = status);
      }
    }
    expect(statuses[0]).toBe('pulling manifest');
    expect(statuses.at(-1)).toBe('success');
    expect(await client.pull({ model: pulled })).toMatchObject({ status: 'success' });
    const answer = await client.chat({ model: pulled, messages, options: short });
    expect(answer.model).toBe(pulled);
    await client.delete({ model: pulled });
    await expect(client.show({ model: pulled })).rejects.toMatchObject({ status_code: 404 });
  });

  it('refuses what the Hub does not have', async () => {
    const unknown = client.pull({ model: 'hf.co/impetus-tests/nothing-GGUF' });
    await expect(unknown).rejects.toMatchObject({ status_code: 403, error: expect.stringContaining('repo') });
    await expect(client.pull({ model: 'llama3.2' })).rejects.toMatchObject({ status_code: 404 });
  });

  it('knows a copy as another name, which goes alone', async () => {
    await client.copy({ source: model, destination: 'twin:latest' });
    expect((await client.list()).models.map(({ name }) => name)).toContain('twin');
    expect((await client.chat({ model: 'twin', messages, options: short })).model).toBe('twin');
    await client.delete({ model: 'twin' });
    const names = (await client.list()).models.map(({ name }) => name);
    expect(names).toContain(model);
    expect(names).not.toContain('twin');
  });

  it('makes a name of another one, and gives a model parameters only under its own', async () => {
    expect(await client.create({ model: 'mine', from: model })).toMatchObject({ status: 'success' });
    const shared = client.create({ model: 'other', from: model, system: 'You are a cat.' });
    await expect(shared).rejects.toMatchObject({
      status_code: 400,
      error: expect.stringContaining('system'),
    });
    await client.create({ model: 'mine', from: model, parameters: { temperature: 0.3 } });
    expect((await client.show({ model })).parameters).toMatch(/^temperature +0\.3$/mu);
    const template = client.create({ model: 'mine', from: model, template: '{{ .Prompt }}' });
    await expect(template).rejects.toMatchObject({ error: expect.stringContaining('template') });
  });

  it('is changed only with the right to', async () => {
    const made = await managementClient(agent).keys.create.mutate({ name: 'Reader', scopes: ['infer'] });
    const reader = clientWith(made.key);
    await expect(reader.delete({ model })).rejects.toMatchObject({ status_code: 403 });
    await expect(reader.pull({ model: pulled })).rejects.toMatchObject({ status_code: 403 });
    await expect(reader.copy({ source: model, destination: 'x' })).rejects.toMatchObject({
      status_code: 403,
    });
    await expect(reader.generate({ model, prompt: '', keep_alive: 0 })).rejects.toMatchObject({
      status_code: 403,
    });
  });
});
