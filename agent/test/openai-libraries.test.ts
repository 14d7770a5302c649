import {
  startAgentProcess,
  temporaryFolder,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { officialFetch } from './support/official-fetch.ts';
import { needsOfficialSchemas, officialCounts } from './support/official-schemas.ts';

const model = 'impetus-sample';

let home: TemporaryFolder;
let agent: AgentProcess;
let apiKey: string;
let client: OpenAI;
let other: OpenAI;

beforeAll(async () => {
  home = await temporaryFolder();
  agent = await startAgentProcess({ home: home.path });
  const newKey = async (name: string) =>
    (await agent.cli<{ key: string }>('keys', 'create', '--name', name)).key;
  apiKey = await newKey('Test');
  const options = { baseURL: `${agent.url}/v1`, maxRetries: 0, fetch: officialFetch };
  client = new OpenAI({ ...options, apiKey });
  other = new OpenAI({ ...options, apiKey: await newKey('Other') });
});

afterAll(async () => {
  console.log('valid by OpenAI’s schemas:', officialCounts());
  await agent[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

describe(`openai: responses${needsOfficialSchemas}`, () => {
  const input = 'Hello, who are you?';

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
});
