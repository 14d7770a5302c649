import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAiClient, startKeyedAgent, type KeyedAgent } from './support/keyed-agent.ts';

const model = 'impetus-sample';
const messages = [{ role: 'user' as const, content: 'Hello, who are you?' }];

/** Goes on after the model has ended, so that there is time to leave. */
const endless = { max_tokens: 20_000, ignore_eos: true };

let test: KeyedAgent;
let client: OpenAI;

beforeAll(async () => {
  test = await startKeyedAgent();
  client = openAiClient(test);
});

afterAll(() => test[Symbol.asyncDispose]());

describe('models', () => {
  it('lists the sample model', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toContain(model);
  });

  it('gives one by its id', async () => {
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, object: 'model' });
  });

  it('answers 404 model_not_found for another', async () => {
    await expect(client.models.retrieve('nobody')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
  });
});

describe('chat completions', () => {
  it('answers in readable English with usage and a finish reason', async () => {
    const answer = await client.chat.completions.create({ model, messages, temperature: 0 });
    const [choice] = answer.choices;
    expect(choice?.finish_reason).toBe('stop');
    expect(choice?.message.content).toMatch(/sample model/iu);
    expect(answer.usage?.prompt_tokens).toBeGreaterThan(5);
    expect(answer.usage?.completion_tokens).toBeGreaterThan(5);
    expect(answer.usage?.total_tokens).toBe(
      (answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0),
    );
  });

  it('streams the same text, with one id, one time, the role first and usage last', async () => {
    const whole = await client.chat.completions.create({ model, messages, temperature: 0 });
    const stream = await client.chat.completions.create({
      model,
      messages,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(new Set(chunks.map(({ id, created }) => `${id} ${created}`)).size).toBe(1);
    expect(chunks.filter(({ choices }) => choices[0]?.finish_reason === 'stop')).toHaveLength(1);
    expect(chunks.at(-1)?.choices).toEqual([]);
    expect(chunks.at(-1)?.usage?.completion_tokens).toBe(whole.usage?.completion_tokens);
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  it('ends with length at max_tokens', async () => {
    const answer = await client.chat.completions.create({ model, messages, max_completion_tokens: 3 });
    expect(answer.choices[0]?.finish_reason).toBe('length');
    expect(answer.usage?.completion_tokens).toBe(3);
  });

  it('stops before a stop string, in streams too, and neither leaks nor loses text', async () => {
    const free = await client.chat.completions.create({ model, messages, temperature: 0 });
    const text = free.choices[0]?.message.content ?? '';
    const stop = text.slice(20, 27);
    const expected = text.slice(0, text.indexOf(stop));
    const stopped = await client.chat.completions.create({ model, messages, temperature: 0, stop });
    expect(stopped.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: expected } });
    const stream = await client.chat.completions.create({
      model,
      messages,
      temperature: 0,
      stop,
      stream: true,
    });
    let streamed = '';
    for await (const chunk of stream) streamed += chunk.choices[0]?.delta.content ?? '';
    expect(streamed).toBe(expected);
    const almost = `${stop.slice(0, -1)}\u0001`;
    const whole = await client.chat.completions.create({ model, messages, temperature: 0, stop: almost });
    expect(whole.choices[0]?.message.content).toBe(text);
  });

  it('gives the same text for the same seed', async () => {
    const ask = async () => {
      const answer = await client.chat.completions.create({ model, messages, temperature: 1, seed: 7 });
      return answer.choices[0]?.message.content;
    };
    expect(await ask()).toBe(await ask());
  });

  it('reports the part of a prompt that the cache held', async () => {
    const system = { role: 'system' as const, content: 'A long introduction. '.repeat(40) };
    const ask = () =>
      client.chat.completions.create({ model, messages: [system, ...messages], max_tokens: 4 });
    await ask();
    const second = await ask();
    const { prompt_tokens: total = 0, prompt_tokens_details: details } = second.usage ?? {};
    expect(details?.cached_tokens).toBe(total - 1);
  });

  it('serves more clients than there are sequences', async () => {
    const asked = Array.from({ length: 10 }, (_, seed) =>
      client.chat.completions.create({ model, messages, seed, max_tokens: 20 }),
    );
    const answers = await Promise.all(asked);
    expect(answers.every(({ choices }) => (choices[0]?.message.content ?? '').length > 0)).toBe(true);
  });

  it('refuses a prompt that does not fit with both numbers', async () => {
    const content = 'many words of a long text '.repeat(12_000);
    await expect(
      client.chat.completions.create({ model, messages: [{ role: 'user', content }] }),
    ).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      message: expect.stringMatching(/maximum context length is 32768 tokens, but the prompt has \d+/u),
    });
  });

  it('frees the place of a client that goes away', async () => {
    for (let round = 0; round < 6; round += 1) {
      const stream = await client.chat.completions.create({ model, messages, stream: true, ...endless });
      for await (const chunk of stream) {
        if (chunk.choices[0]?.delta.content) break;
      }
    }
    const answer = await client.chat.completions.create({ model, messages, max_tokens: 5 });
    expect(answer.usage?.completion_tokens).toBe(5);
  });
});

describe('completions', () => {
  it('continues a text, 16 tokens unless told otherwise', async () => {
    const answer = await client.completions.create({ model, prompt: 'Once upon a time', temperature: 0 });
    expect(answer.object).toBe('text_completion');
    expect(answer.usage?.completion_tokens).toBe(16);
    expect(answer.choices[0]?.finish_reason).toBe('length');
  });

  it('streams', async () => {
    const stream = await client.completions.create({
      model,
      prompt: 'A house',
      stream: true,
      temperature: 0,
    });
    const chunks = await Array.fromAsync(stream);
    expect(chunks.map((chunk) => chunk.choices[0]?.text).join('').length).toBeGreaterThan(10);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length');
  });

  it('takes tokens, and refuses those that the vocabulary does not have', async () => {
    const answer = await client.completions.create({ model, prompt: [5, 6, 7], max_tokens: 2 });
    expect(answer.usage?.completion_tokens).toBe(2);
    await expect(client.completions.create({ model, prompt: [99_999_999] })).rejects.toMatchObject({
      status: 400,
    });
  });
});
