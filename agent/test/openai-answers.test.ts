import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAiClient, startKeyedAgent, type KeyedAgent } from './support/keyed-agent.ts';

const model = 'impetus-sample';
const messages = [{ role: 'user' as const, content: 'Hello, who are you?' }];
const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    description: 'The weather of a city.',
    parameters: {
      type: 'object',
      properties: { city: { enum: ['Ulm', 'Bonn'] }, days: { type: 'integer', minimum: 1, maximum: 3 } },
      required: ['city', 'days'],
      additionalProperties: false,
    },
  },
};

let test: KeyedAgent;
let client: OpenAI;

beforeAll(async () => {
  test = await startKeyedAgent();
  client = openAiClient(test);
});

afterAll(() => test[Symbol.asyncDispose]());

describe('tools', () => {
  it('a required call comes with arguments that follow its schema', async () => {
    const answer = await client.chat.completions.create({
      model,
      messages,
      tools: [weather],
      tool_choice: 'required',
      parallel_tool_calls: false,
      seed: 1,
    });
    const [choice] = answer.choices;
    const [call] = choice?.message.tool_calls ?? [];
    expect(choice?.finish_reason).toBe('tool_calls');
    expect(choice?.message.content).toBeNull();
    expect(call).toMatchObject({ type: 'function', function: { name: 'weather' } });
    const given = JSON.parse(call?.type === 'function' ? call.function.arguments : '') as object;
    expect(given).toEqual({
      city: expect.stringMatching(/^(Ulm|Bonn)$/u),
      days: expect.toSatisfy((days: number) => [1, 2, 3].includes(days)),
    });
  });

  it('a named call streams with id and name first and the index on every chunk', async () => {
    const stream = await client.chat.completions.create({
      model,
      messages,
      stream: true,
      tools: [weather],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      seed: 2,
    });
    const chunks = await Array.fromAsync(stream);
    const calls = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(calls[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'weather' } });
    expect(calls[0]?.id).toBeTruthy();
    expect(calls.slice(1).every((call) => call.index === 0 && call.id === undefined)).toBe(true);
    JSON.parse(calls.map((call) => call.function?.arguments ?? '').join(''));
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('a call that the limit cuts off is not sent', async () => {
    const answer = await client.chat.completions.create({
      model,
      messages,
      tools: [weather],
      tool_choice: 'required',
      max_tokens: 3,
    });
    expect(answer.choices[0]).toMatchObject({ finish_reason: 'length' });
    expect(answer.choices[0]?.message.tool_calls).toBeUndefined();
  });

  it('their answers and earlier calls go back in', async () => {
    const answer = await client.chat.completions.create({
      model,
      max_tokens: 8,
      messages: [
        ...messages,
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'c1',
              type: 'function',
              function: { name: 'weather', arguments: '{"city":"Ulm","days":1}' },
            },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: '12 °C' },
      ],
      tools: [weather],
    });
    expect(answer.usage?.completion_tokens).toBeGreaterThan(0);
  });
});

describe('structured output', () => {
  it('follows a schema, streamed too', async () => {
    const schema = {
      type: 'object',
      properties: {
        colour: { enum: ['red', 'green'] },
        count: { type: 'integer', minimum: 10, maximum: 12 },
      },
      required: ['colour', 'count'],
      additionalProperties: false,
    };
    const stream = client.chat.completions.stream({
      model,
      messages,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
      seed: 3,
    });
    const text = await stream.finalContent();
    expect(JSON.parse(text ?? '')).toEqual({
      colour: expect.stringMatching(/^(red|green)$/u),
      count: expect.toSatisfy((count: number) => [10, 11, 12].includes(count)),
    });
  });

  it('refuses what it cannot promise, with the keyword', async () => {
    const schema = { type: 'object', patternProperties: { '^x': {} } };
    const asked = client.chat.completions.create({
      model,
      messages,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
    });
    await expect(asked).rejects.toMatchObject({ status: 400, code: 'invalid_json_schema' });
    await expect(asked).rejects.toThrow('patternProperties');
  });

  it('follows a grammar of the client’s own', async () => {
    const body = { model, messages, grammar: 'root ::= "yes" | "no"' };
    const answer = await client.chat.completions.create(body as typeof body & { stream?: false });
    expect(answer.choices[0]?.message.content).toMatch(/^(yes|no)$/u);
  });
});

describe('several answers, and how likely they were', () => {
  it('n answers are counted together', async () => {
    const answer = await client.chat.completions.create({ model, messages, n: 3, max_tokens: 5 });
    expect(answer.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(answer.usage?.completion_tokens).toBeGreaterThan(5);
  });

  it('n answers stream side by side, each with its own end', async () => {
    const stream = await client.chat.completions.create({
      model,
      messages,
      n: 2,
      max_tokens: 5,
      stream: true,
    });
    const chunks = await Array.fromAsync(stream);
    const ends = chunks
      .flatMap(({ choices }) => choices)
      .filter(({ finish_reason: reason }) => reason !== null);
    expect(new Set(ends.map(({ index }) => index))).toEqual(new Set([0, 1]));
    expect(ends).toHaveLength(2);
  });

  it('log probabilities come with the likeliest in their place', async () => {
    const answer = await client.chat.completions.create({
      model,
      messages,
      temperature: 0,
      max_tokens: 4,
      logprobs: true,
      top_logprobs: 3,
    });
    const [choice] = answer.choices;
    const tokens = choice?.logprobs?.content ?? [];
    expect(tokens.map(({ token }) => token).join('')).toBe(choice?.message.content);
    for (const { logprob, top_logprobs: top } of tokens) {
      expect(top).toHaveLength(3);
      expect(top[0]?.logprob).toBeCloseTo(logprob, 3);
      expect(logprob).toBeLessThanOrEqual(0);
    }
  });

  it('a completion echoes its prompt', async () => {
    const answer = await client.completions.create({
      model,
      prompt: 'Hello',
      echo: true,
      max_tokens: 3,
      logprobs: 1,
      temperature: 0,
    });
    const [choice] = answer.choices;
    expect(choice?.text.startsWith('Hello')).toBe(true);
    expect(choice?.logprobs?.tokens?.join('').trim()).toBe(choice?.text.trim());
    expect(choice?.logprobs?.token_logprobs?.length).toBe(choice?.logprobs?.tokens?.length);
  });
});
