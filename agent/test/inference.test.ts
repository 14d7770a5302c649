import { startAgentProcess, temporaryFolder, waitFor } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import { startWholeAgent } from './support/whole-agent.ts';

const modelId = 'impetus-sample';
const requester = { id: 'test', name: 'Test' };
const origin = { dialect: 'openai', endpoint: '/v1/embeddings', streamed: false } as const;
const signal = new AbortController().signal;

it('embeds texts as vectors of unit length, the same for the same text', async () => {
  await using home = await temporaryFolder();
  await using agent = await startWholeAgent({ home: home.path, models: `${home.path}/models` });
  const { inference } = agent.context.services;
  const input = ['a house by the sea', 'a house by the sea', 'soup'];
  const { vectors, promptTokens } = await inference.embed({ modelId, requester, origin, input, signal });
  expect(vectors).toHaveLength(3);
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  expect(vectors[0]).toEqual(vectors[1]);
  expect(vectors[0]).not.toEqual(vectors[2]);
  expect(promptTokens).toBeGreaterThan(3);
  await expect(
    inference.embed({ modelId, requester, origin, input: ['word '.repeat(40_000)], signal }),
  ).rejects.toMatchObject({ code: 'context_length_exceeded' });
});

it('a client that leaves while its long prompt is read gives its place back at once', async () => {
  await using home = await temporaryFolder();
  await using agent = await startAgentProcess({ home: home.path });
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Test');
  await agent.cli('models', 'load', modelId);
  const client = new AbortController();
  const asked = fetch(`${agent.url}/v1/completions`, {
    method: 'POST',
    signal: client.signal,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: modelId, prompt: 'a quiet house at night '.repeat(6_000), max_tokens: 1 }),
  });
  const status = async () => {
    const { runners } = await agent.cli<{ runners: { active: number; prefill: number | null }[] }>('status');
    return runners[0];
  };
  const reading = await waitFor('the prompt to be read', async () => {
    const runner = await status();
    return runner?.prefill !== null && runner;
  });
  expect(reading?.prefill).toBeLessThan(0.9);
  client.abort();
  await expect(asked).rejects.toThrow(/abort/iu);
  await waitFor('its place to be free', async () => (await status())?.active === 0, 3_000);
});
