import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool as langchainTool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAI as LangchainCompletions, OpenAIEmbeddings } from '@langchain/openai';
import type { AgentProcess } from '@impetus/test-kit';
import { embed, embedMany, generateObject, generateText, isStepCount, streamText, tool } from 'ai';
import OpenAI, { NotFoundError } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openAiClient, startKeyedAgent, type KeyedAgent } from './support/keyed-agent.ts';
import { officialFetch } from './support/official-fetch.ts';
import { needsOfficialSchemas } from './support/official-schemas.ts';

const model = 'impetus-sample';
const question = 'Hello, who are you?';
const messages = [{ role: 'user' as const, content: question }];

const city = z.object({ city: z.enum(['Ulm', 'Bonn']), days: z.number().int().min(1).max(3) });
type City = z.infer<typeof city>;
const isCity = (value: unknown): boolean => city.safeParse(value).success;
const cityParameters = z.toJSONSchema(city) as Record<string, unknown>;
/** What a description of the weather needs, and its answer. */
const weather = ({ city: place }: City): string => `12 degrees in ${place}`;

let test: KeyedAgent;
let agent: AgentProcess;
let apiKey: string;
let client: OpenAI;
let other: OpenAI;

beforeAll(async () => {
  test = await startKeyedAgent();
  ({ agent, key: apiKey } = test);
  client = openAiClient(test);
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Other');
  other = openAiClient({ agent, key });
});

afterAll(() => test[Symbol.asyncDispose]());

describe(`openai${needsOfficialSchemas}`, () => {
  it('models', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toContain(model);
    expect(await client.models.retrieve(model)).toMatchObject({ object: 'model' });
  });

  it('chats are streamed to a whole', async () => {
    const stream = client.chat.completions.stream({ model, messages, temperature: 0 });
    const whole = await stream.finalChatCompletion();
    expect(whole.choices[0]?.message.content).toMatch(/sample model/iu);
  });

  it('chats are parsed by a schema', async () => {
    const { choices } = await client.chat.completions.parse({
      model,
      messages,
      seed: 1,
      response_format: zodResponseFormat(city, 'city'),
    });
    expect(choices[0]?.message.parsed).toSatisfy(isCity);
  });

  it('tools are run, whole and streamed', async () => {
    const asked: unknown[] = [];
    const runTools = (stream: boolean) =>
      client.chat.completions.runTools({
        model,
        messages,
        seed: 1,
        parallel_tool_calls: false,
        stream: stream as false,
        tool_choice: { type: 'function', function: { name: 'weather' } },
        tools: [
          {
            type: 'function',
            function: {
              name: 'weather',
              description: 'The weather of a city.',
              parameters: cityParameters,
              parse: (text: string) => city.parse(JSON.parse(text)),
              function: (given: City) => {
                asked.push(given);
                return weather(given);
              },
            },
          },
        ],
      });
    for (const stream of [false, true]) {
      const runner = runTools(stream);
      await runner.done();
      expect(runner.messages.at(-1)).toMatchObject({ role: 'tool' });
    }
    expect(asked).toHaveLength(2);
  });

  it('completions: several prompts, the best of some, a prompt alone', async () => {
    const several = await client.completions.create({
      model,
      prompt: ['A', 'The house'],
      n: 2,
      max_tokens: 3,
    });
    expect(several.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(several.usage?.completion_tokens).toBe(12);

    const best = await client.completions.create({
      model,
      prompt: [5, 6],
      best_of: 3,
      max_tokens: 3,
      seed: 1,
    });
    expect(best.choices).toHaveLength(1);
    expect(best.choices[0]?.logprobs).toBeNull();

    const echoed = await client.completions.create({
      model,
      prompt: 'A house',
      echo: true,
      logprobs: 1,
      max_tokens: 0,
    });
    expect(echoed.choices[0]).toMatchObject({ text: 'A house', finish_reason: 'length' });
    expect(echoed.usage?.completion_tokens).toBe(0);

    const stream = await client.completions.create({
      model,
      prompt: ['A', 'B'],
      max_tokens: 2,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    const ends = chunks.flatMap(({ choices }) => choices).filter((choice) => choice.finish_reason !== null);
    expect(ends.map(({ index }) => index)).toEqual([0, 1]);
    expect(chunks.at(-1)?.usage?.completion_tokens).toBe(4);
  });

  it('embeddings: texts and tokens, as numbers and as base64, shorter too', async () => {
    const input = ['one house', 'two houses'];
    const asBase64 = await client.embeddings.create({ model, input });
    const asNumbers = await client.embeddings.create({ model, input, encoding_format: 'float' });
    for (const [index, { embedding }] of asNumbers.data.entries()) {
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
      expect(asBase64.data[index]?.embedding.map((value) => value.toFixed(5))).toEqual(
        embedding.map((value) => Math.fround(value).toFixed(5)),
      );
    }
    const short = await client.embeddings.create({ model, input: [[5, 6], [7]], dimensions: 8 });
    expect(short.data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
    expect(Math.hypot(...(short.data[0]?.embedding ?? []))).toBeCloseTo(1, 5);
    expect(short.usage.prompt_tokens).toBe(3);
    await expect(client.embeddings.create({ model, input, dimensions: 100_000 })).rejects.toMatchObject({
      status: 400,
      param: 'dimensions',
    });
  });

  it('what is not offered is a clear 404', async () => {
    await expect(client.moderations.create({ input: 'x' })).rejects.toThrow(NotFoundError);
    await expect(client.images.generate({ prompt: 'x' })).rejects.toThrow('Making images is not offered');
    const file = new File(['x'], 'a.wav');
    await expect(client.audio.transcriptions.create({ file, model })).rejects.toThrow(NotFoundError);
    await expect(client.chat.completions.create({ model: 'gpt-9', messages })).rejects.toThrow(NotFoundError);
  });

  it('filling in the middle, by a model that cannot, is refused by name', async () => {
    const asked = client.post('/fim/completions', { body: { model, prompt: 'a', suffix: 'b' } });
    await expect(asked).rejects.toMatchObject({ status: 400 });
  });
});

describe(`openai: responses${needsOfficialSchemas}`, () => {
  const input = question;

  it('whole, kept, gone on from, listed and removed', async () => {
    const first = await client.responses.create({ model, input, temperature: 0, instructions: 'Be brief.' });
    expect(first.status).toBe('completed');
    expect(first.output_text).toMatch(/sample model/iu);
    expect(first.usage?.total_tokens).toBe(
      (first.usage?.input_tokens ?? 0) + (first.usage?.output_tokens ?? 0),
    );
    expect(await client.responses.retrieve(first.id)).toMatchObject({ id: first.id, output: first.output });

    const second = await client.responses.create({
      model,
      input: 'And what else?',
      previous_response_id: first.id,
      max_output_tokens: 3,
    });
    expect(second).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
    expect(second.usage?.input_tokens).toBeGreaterThan(first.usage?.input_tokens ?? 0);

    const { data } = await client.responses.inputItems.list(second.id, { order: 'asc' });
    expect(data.map((item) => ('role' in item ? item.role : item.type))).toEqual([
      'user',
      'assistant',
      'user',
    ]);

    await expect(other.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 });
    await client.responses.delete(first.id);
    await expect(client.responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 });
    await expect(
      client.responses.create({ model, input, previous_response_id: second.id }),
    ).rejects.toMatchObject({ status: 400, code: 'previous_response_not_found' });
  });

  it('streamed: every event in its place, and the whole at the end', async () => {
    const stream = await client.responses.create({
      model,
      input,
      temperature: 0,
      stream: true,
      store: false,
    });
    const events = await Array.fromAsync(stream);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    const types = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(types).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    const last = events.at(-1);
    const id = last?.type === 'response.completed' ? last.response.id : '';
    await expect(client.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it('tools: a call is made, answered by its id, and its items are handed back', async () => {
    const { id, output } = await client.responses.create({
      model,
      input,
      tools: [
        { type: 'function', name: 'weather', parameters: cityParameters, strict: true },
        { type: 'web_search' },
      ],
      tool_choice: 'required',
      parallel_tool_calls: false,
    });
    const [call] = output;
    if (call?.type !== 'function_call') throw new Error('Nothing was called.');
    expect(JSON.parse(call.arguments)).toSatisfy(isCity);
    const answer = { type: 'function_call_output', call_id: call.call_id, output: '12 degrees' } as const;
    const kept = await client.responses.create({
      model,
      input: [answer],
      previous_response_id: id,
      max_output_tokens: 4,
    });
    const handedBack = await client.responses.create({
      model,
      input: [{ role: 'user', content: input }, { type: 'item_reference', id: call.id ?? '' }, answer],
      max_output_tokens: 4,
      store: false,
    });
    expect(handedBack.usage?.input_tokens).toBe(kept.usage?.input_tokens);
  });

  it('parsed by a schema, and accumulated from a stream', async () => {
    const text = { format: zodTextFormat(city, 'city') };
    const parsed = await client.responses.parse({ model, input, text });
    expect(parsed.output_parsed).toSatisfy(isCity);
    const stream = client.responses.stream({ model, input, text });
    const final = await stream.finalResponse();
    expect(final.output_parsed).toSatisfy(isCity);
  });

  it('in the background, until it is cancelled', async () => {
    const begun = await client.responses.create({ model, input, background: true });
    expect(begun).toMatchObject({ status: 'in_progress', background: true });
    await expect
      .poll(async () => (await client.responses.retrieve(begun.id)).status, { timeout: 20_000 })
      .toBe('completed');
    expect(await client.responses.cancel(begun.id)).toMatchObject({ status: 'completed' });
    const { input_tokens: count } = await client.responses.inputTokens.count({ model, input });
    expect((await client.responses.retrieve(begun.id)).usage?.input_tokens).toBe(count);
  });

  it('a prompt that does not fit is refused, in the stream where it is found out later', async () => {
    const asked = { model, input: 'many words '.repeat(20_000) };
    const refused = { code: 'context_length_exceeded', message: expect.stringContaining('32768') as string };
    await expect(client.responses.create(asked)).rejects.toMatchObject({ status: 400, ...refused });
    const streamed = client.responses.create({ ...asked, stream: true }).then(async (stream) => {
      const last = (await Array.fromAsync(stream)).at(-1);
      return last?.type === 'response.failed' ? last.response.error : last;
    });
    expect(await streamed.catch((error: unknown) => error)).toMatchObject(refused);
  });
});

describe('ai with @ai-sdk/openai-compatible', () => {
  const provider = () =>
    createOpenAICompatible({
      name: 'impetus',
      baseURL: `${agent.url}/v1`,
      apiKey,
      fetch: officialFetch,
      includeUsage: true,
      supportsStructuredOutputs: true,
      transformRequestBody: (body) => ('tools' in body ? { ...body, parallel_tool_calls: false } : body),
    });

  it('texts, whole and streamed', async () => {
    const whole = await generateText({ model: provider()(model), prompt: question, temperature: 0 });
    expect(whole.text).toMatch(/sample model/iu);
    expect(whole.usage.outputTokens).toBeGreaterThan(0);
    const stream = streamText({ model: provider()(model), prompt: question, temperature: 0 });
    expect(await stream.text).toBe(whole.text);
    expect(await stream.finishReason).toBe('stop');
    expect((await stream.usage).outputTokens).toBe(whole.usage.outputTokens);
    const completion = await generateText({ model: provider().completionModel(model), prompt: 'A house' });
    expect(completion.text).not.toBe('');
  });

  it('tools, over two steps', async () => {
    const asked: City[] = [];
    const tools = {
      weather: tool({
        description: 'The weather of a city.',
        inputSchema: city,
        execute: (given: City) => {
          asked.push(given);
          return weather(given);
        },
      }),
    };
    const options = {
      model: provider()(model),
      prompt: question,
      tools,
      toolChoice: 'required',
      seed: 1,
    } as const;
    const { steps } = await generateText({ ...options, stopWhen: isStepCount(2) });
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'tool-calls']);
    await streamText(options).consumeStream();
    expect(asked).toHaveLength(3);
    expect(asked.every(isCity)).toBe(true);
  });

  it('objects and embeddings', async () => {
    const { object } = await generateObject({
      model: provider()(model),
      prompt: question,
      schema: city,
      seed: 1,
    });
    expect(object).toSatisfy(isCity);
    const one = await embed({ model: provider().embeddingModel(model), value: 'one' });
    const two = await embedMany({ model: provider().embeddingModel(model), values: ['one', 'two'] });
    expect(two.embeddings[0]).toEqual(one.embedding);
  });
});

describe('@langchain/openai', () => {
  const configuration = () => ({ baseURL: `${agent.url}/v1`, fetch: officialFetch });
  const chat = (fields: object = {}) =>
    new ChatOpenAI({
      model,
      apiKey,
      maxRetries: 0,
      temperature: 0,
      configuration: configuration(),
      ...fields,
    });

  it.each([false, true])('chats, whole and streamed; by the Responses API: %s', async (useResponsesApi) => {
    const whole = await chat({ useResponsesApi }).invoke([new HumanMessage(question)]);
    expect(whole.text).toMatch(/sample model/iu);
    expect(whole.usage_metadata).toMatchObject({ output_tokens: expect.any(Number) as number });
    let streamed = '';
    for await (const chunk of await chat({ useResponsesApi }).stream(question)) streamed += chunk.text;
    expect(streamed).toBe(whole.text);
  });

  it('tools and their answers', async () => {
    const tools = [langchainTool(weather, { name: 'weather', description: 'The weather.', schema: city })];
    const bound = chat({ temperature: 1 }).bindTools(tools, { tool_choice: 'weather' });
    const called = await bound.invoke(question);
    const [call] = called.tool_calls ?? [];
    expect(call?.args).toSatisfy(isCity);
    const history = [
      new HumanMessage(question),
      new AIMessage({ content: '', tool_calls: call === undefined ? [] : [call] }),
      new ToolMessage({ content: '12 degrees', tool_call_id: call?.id ?? '' }),
    ];
    expect((await chat({ maxTokens: 5 }).invoke(history)).text).not.toBe('');
  });

  it('structured output, completions and embeddings', async () => {
    const structured = chat({ temperature: 1 }).withStructuredOutput(city, { method: 'jsonSchema' });
    expect(await structured.invoke(question)).toSatisfy(isCity);
    const completions = new LangchainCompletions({
      model,
      apiKey,
      maxTokens: 5,
      configuration: configuration(),
    });
    expect(await completions.invoke('A house')).not.toBe('');
    const embeddings = new OpenAIEmbeddings({ model, apiKey, configuration: configuration() });
    const [document] = await embeddings.embedDocuments(['one', 'two']);
    expect((await embeddings.embedQuery('one')).map((value) => value.toFixed(5))).toEqual(
      document?.map((value) => value.toFixed(5)),
    );
  });
});
