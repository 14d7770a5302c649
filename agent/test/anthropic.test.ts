import Anthropic, { APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import type { RequestPage } from '@impetus/contracts';
import type { AgentProcess } from '@impetus/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKeyedAgent, type KeyedAgent } from './support/keyed-agent.ts';

const model = 'claude-local';
/** This version of the library has no words for these; others have. */
const greedy = { temperature: 0 };
const choosy = { top_k: 20, top_p: 0.9 };
const messages = [{ role: 'user' as const, content: 'Hello, who are you?' }];
const weather = {
  name: 'weather',
  description: 'The weather of a city.',
  input_schema: {
    type: 'object' as const,
    properties: { city: { enum: ['Ulm', 'Bonn'] }, days: { type: 'integer', minimum: 1, maximum: 3 } },
    required: ['city', 'days'],
    additionalProperties: false,
  },
};
const weatherGiven = {
  city: expect.stringMatching(/^(Ulm|Bonn)$/u),
  days: expect.toSatisfy((days: number) => [1, 2, 3].includes(days)),
};

let test: KeyedAgent;
let agent: AgentProcess;
let key: string;
let client: Anthropic;

beforeAll(async () => {
  test = await startKeyedAgent();
  ({ agent, key } = test);
  await agent.cli('models', 'set', 'impetus-sample', 'aliases=claude-*,claude-opus-4');
  client = new Anthropic({ baseURL: agent.url, apiKey: key, maxRetries: 0 });
});

afterAll(() => test[Symbol.asyncDispose]());

/** What the wire carries, as a client without a library reads it. */
async function streamed(
  body: object,
  query = '',
): Promise<readonly { event: string; data: { type: string } }[]> {
  const response = await fetch(`${agent.url}/v1/messages${query}`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages, max_tokens: 20, stream: true, ...body }),
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/u);
  expect(response.headers.get('request-id')).toBeTruthy();
  return (await response.text())
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [event = '', data = ''] = block.split('\n');
      return { event: event.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) };
    });
}

describe('messages', () => {
  it('a whole one says what it is, why it ended and what it took', async () => {
    const { data, request_id: id } = await client.messages
      .create({ model, messages, max_tokens: 200, ...greedy })
      .withResponse();
    expect(id).toBeTruthy();
    expect(data).toMatchObject({ type: 'message', role: 'assistant', model, stop_reason: 'end_turn' });
    expect(data.content).toEqual([
      { type: 'text', text: expect.stringMatching(/sample model/iu), citations: null },
    ]);
    expect(data.usage.output_tokens).toBeGreaterThan(5);
  });

  it('tokens that the prompt cache held are told apart', async () => {
    const asked = { model, messages, max_tokens: 1, system: 'A long introduction. '.repeat(40) };
    const { usage: first } = await client.messages.create(asked);
    const { usage, stop_reason: reason } = await client.messages.create(asked);
    expect(reason).toBe('max_tokens');
    expect(usage.input_tokens).toBe(1);
    expect(usage.cache_read_input_tokens).toBe(first.input_tokens + (first.cache_read_input_tokens ?? 0) - 1);
  });

  it('a streamed one is the same, by the library’s own reading', async () => {
    const whole = await client.messages.create({ model, messages, max_tokens: 60, ...greedy });
    const stream = client.messages.stream({ model, messages, max_tokens: 60, ...greedy });
    let said = '';
    stream.on('text', (text) => (said += text));
    const final = await stream.finalMessage();
    expect(final.content).toMatchObject([{ type: 'text', text: said }]);
    expect(whole.content).toMatchObject([{ type: 'text', text: said }]);
    expect(final).toMatchObject({ stop_reason: whole.stop_reason, model });
    expect(final.usage.output_tokens).toBe(whole.usage.output_tokens);
  });

  it('events come in the order that clients wait for, each by its name', async () => {
    const events = await streamed({}, '?beta=true');
    expect(events.every(({ event, data }) => event === data.type)).toBe(true);
    const names = events.map(({ event }) => event);
    const others = names.filter((name) => name !== 'content_block_delta');
    expect(others).toEqual([
      'message_start',
      'content_block_start',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(events[0]?.data).toMatchObject({
      message: { id: expect.stringMatching(/^msg_/u), content: [], stop_reason: null },
    });
    expect(names.slice(2, -3).every((name) => name === 'content_block_delta')).toBe(true);
    expect(events.at(-2)?.data).toMatchObject({
      delta: { stop_reason: 'max_tokens', stop_sequence: null },
      usage: { output_tokens: 20 },
    });
  });

  it('ends before a stop string and names it', async () => {
    const free = await client.messages.create({ model, messages, max_tokens: 40, ...greedy });
    const [block] = free.content;
    const text = block?.type === 'text' ? block.text : '';
    const stop = text.slice(12, 18);
    const answer = await client.messages.create({
      model,
      messages,
      max_tokens: 40,
      ...greedy,
      stop_sequences: ['\u0001', stop],
    });
    expect(answer).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: stop });
    expect(answer.content).toMatchObject([{ text: text.slice(0, text.indexOf(stop)) }]);
  });

  it('goes on with a beginning that the client wrote, and takes every kind of message', async () => {
    const answer = await client.messages.create({
      model,
      max_tokens: 4,
      ...choosy,
      metadata: { user_id: 'u' },
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Read this.' },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'A letter.' } },
          ],
        },
        { role: 'assistant', content: 'I am' },
      ],
    });
    expect(answer.usage.output_tokens).toBe(4);
  });

  it('a budget beyond the context ends with the context, where the prompt fits', async () => {
    const stream = client.messages.stream({ model, messages, max_tokens: 64_000, ...greedy });
    expect((await stream.finalMessage()).stop_reason).toBe('end_turn');
  });

  it('beta and thinking that is not to be shown', async () => {
    const stream = client.beta.messages.stream({
      model,
      messages,
      max_tokens: 8,
      betas: ['interleaved-thinking-2025-05-14'],
      thinking: { type: 'adaptive', display: 'omitted' },
      output_config: { effort: 'low' },
    });
    expect((await stream.finalMessage()).usage.output_tokens).toBe(8);
  });

  it('a client that leaves ends its work, while the prompt is read too', async () => {
    const content = 'many words of a long text '.repeat(4_000);
    const stream = client.messages.stream({ model, messages: [{ role: 'user', content }], max_tokens: 9 });
    stream.on('streamEvent', () => stream.abort());
    await expect(stream.done()).rejects.toBeInstanceOf(APIUserAbortError);
    const { records } = await agent.cli<RequestPage>('requests', 'ls');
    expect(records[0]).toMatchObject({ dialect: 'anthropic', endpoint: '/v1/messages', state: 'cancelled' });
  });
});

describe('tools', () => {
  it('a call that is demanded follows its schema, whole and streamed', async () => {
    const asked = {
      model,
      messages,
      max_tokens: 400,
      tools: [weather],
      tool_choice: { type: 'any' as const, disable_parallel_tool_use: true },
    };
    const whole = await client.messages.create(asked);
    expect(whole.stop_reason).toBe('tool_use');
    const calls = whole.content.filter(({ type }) => type === 'tool_use');
    expect(calls).toMatchObject([{ name: 'weather', input: weatherGiven }]);
    const stream = client.messages.stream({ ...asked, tool_choice: { type: 'tool', name: 'weather' } });
    const final = await stream.finalMessage();
    expect(final.stop_reason).toBe('tool_use');
    expect(final.content.find(({ type }) => type === 'tool_use')).toMatchObject({
      id: expect.stringMatching(/^[\w-]+$/u),
      input: weatherGiven,
    });
  });

  it('a call that the limit cuts off is not told', async () => {
    const events = await streamed({ max_tokens: 3, tools: [weather], tool_choice: { type: 'any' } });
    expect(JSON.stringify(events)).not.toContain('tool_use');
    expect(events.at(-2)?.data).toMatchObject({ delta: { stop_reason: 'max_tokens' } });
  });

  it('calls and their answers go back in', async () => {
    const call = {
      type: 'tool_use' as const,
      id: 'toolu_1',
      name: 'weather',
      input: { city: 'Ulm', days: 1 },
    };
    const answer = await client.messages.create({
      model,
      max_tokens: 8,
      tools: [weather],
      messages: [
        ...messages,
        { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm.', signature: 'x' }, call] },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'toolu_1',
              content: [{ type: 'text', text: 'No network' }],
              is_error: true,
            },
            { type: 'text', text: 'Try again.' },
          ],
        },
      ],
    });
    expect(answer.usage.output_tokens).toBeGreaterThan(0);
  });

  it('an answer that follows a schema', async () => {
    const answer = await client.messages.create({
      model,
      messages,
      max_tokens: 200,
      output_config: { format: { type: 'json_schema', schema: weather.input_schema } },
    });
    const [block] = answer.content;
    expect(JSON.parse(block?.type === 'text' ? block.text : '')).toEqual(weatherGiven);
  });
});

describe('what surrounds them', () => {
  it('counts the tokens that a message then takes', async () => {
    const asked = { model, messages, system: 'Be brief.', tools: [weather] };
    const { input_tokens: counted } = await client.messages.countTokens(asked);
    const { usage } = await client.messages.create({ ...asked, max_tokens: 1 });
    expect(counted).toBe(usage.input_tokens + (usage.cache_read_input_tokens ?? 0));
  });

  it('lists models page by page, and gives one', async () => {
    const listed = await Array.fromAsync(client.models.list({ limit: 1 }));
    expect(listed.map(({ id }) => id)).toEqual(['impetus-sample', 'claude-opus-4']);
    expect(listed[0]).toMatchObject({ type: 'model', display_name: expect.any(String), lifecycle: 'active' });
    expect(await client.models.retrieve('claude-opus-4')).toMatchObject({
      id: 'claude-opus-4',
      type: 'model',
    });
    const plain = await fetch(`${agent.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    expect(await plain.json()).toMatchObject({ object: 'list' });
  });

  it('the base address answers HEAD, and is the page', async () => {
    expect((await fetch(agent.url, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(agent.url)).headers.get('content-type')).toMatch(/^text\/html/u);
  });
});

describe('errors', () => {
  it.each([
    ['a model that is not there', { model: 'gpt-4o' }, 404, 'not_found_error', /There is no model "gpt-4o"/u],
    ['a field of the wrong type', { messages: 'hi' }, 400, 'invalid_request_error', /'messages'/u],
    ['no limit', { max_tokens: undefined }, 400, 'invalid_request_error', /'max_tokens' is required/u],
    ['a choice without tools', { tool_choice: { type: 'any' } }, 400, 'invalid_request_error', /no tools/u],
    [
      'a picture',
      { messages: [{ role: 'user', content: [{ type: 'image', source: {} }] }] },
      400,
      'invalid_request_error',
      /block of type 'image' cannot be read/u,
    ],
    [
      'a prompt that does not fit',
      { messages: [{ role: 'user', content: 'many words of a long text '.repeat(12_000) }] },
      400,
      'invalid_request_error',
      /prompt is too long: \d+ tokens > 32768 maximum\..*maximum context length is 32768/u,
    ],
  ])('%s', async (_, body, status, type, message) => {
    const asked = { model, messages, max_tokens: 4, ...body } as Anthropic.MessageCreateParamsNonStreaming;
    const refused = await client.messages.create(asked).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(APIError);
    expect(refused).toMatchObject({
      status,
      type,
      requestID: expect.any(String),
      error: { type: 'error', error: { type, message: expect.stringMatching(message) } },
    });
  });

  it('a key that is none, and an address that is not there', async () => {
    const stranger = new Anthropic({ baseURL: agent.url, apiKey: 'sk-ant-1', maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toMatchObject({ status: 401, type: 'authentication_error' });
    await expect(client.get('/v1/nothing')).rejects.toMatchObject({ status: 404, type: 'not_found_error' });
    const bearer = new Anthropic({ baseURL: agent.url, apiKey: null, authToken: key, maxRetries: 0 });
    expect((await bearer.models.list()).data.length).toBeGreaterThan(0);
  });
});
