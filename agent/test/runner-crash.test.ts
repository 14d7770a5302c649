import { startAgentProcess, temporaryFolder, waitFor, type AgentProcess } from '@impetus/test-kit';
import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { isAlive } from './support/is-alive.ts';

const model = 'impetus-sample';
const messages = [{ role: 'user' as const, content: 'Tell me about this house.' }];

/** Goes on after the model has ended, so that there is time to interrupt it. */
const endless = { max_tokens: 30_000, ignore_eos: true };

interface Runner {
  readonly modelId: string;
  readonly state: string;
  readonly pid: number | null;
}

/** The process of the runner, once it is ready. */
function runnerPid(agent: AgentProcess): Promise<number> {
  return waitFor('a ready runner', async () => {
    const { runners } = await agent.cli<{ runners: Runner[] }>('status');
    return runners.find((runner) => runner.modelId === model && runner.state === 'ready')?.pid;
  });
}

async function connect(agent: AgentProcess): Promise<OpenAI> {
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Test');
  return new OpenAI({ baseURL: `${agent.url}/v1`, apiKey: key, maxRetries: 0 });
}

it('a runner killed in mid-stream ends its stream with an error in form, and the next request finds a runner', async () => {
  await using home = await temporaryFolder();
  await using agent = await startAgentProcess({ home: home.path });
  const client = await connect(agent);
  const stream = await client.chat.completions.create({ model, messages, stream: true, ...endless });
  let text = '';
  const reading = (async () => {
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  })();
  await waitFor('the first text', () => text.length > 0);
  process.kill(await runnerPid(agent), 'SIGKILL');
  await expect(reading).rejects.toMatchObject({
    code: 'runner_failed',
    message: expect.stringMatching(/ended unexpectedly \(signal SIGKILL\)/u),
  });
  const next = await client.chat.completions.create({ model, messages, max_tokens: 5 });
  expect(next.usage?.completion_tokens).toBe(5);
});

// Four runners start, one after the other, which takes a busy computer several seconds each.
it('three crashes in a row stop the restarting, say why, and end with an explicit load', async () => {
  await using home = await temporaryFolder();
  await using agent = await startAgentProcess({ home: home.path });
  const client = await connect(agent);
  for (let crash = 0; crash < 3; crash += 1) {
    const stream = await client.chat.completions.create({ model, messages, stream: true, ...endless });
    const reading = Array.fromAsync(stream);
    process.kill(await runnerPid(agent), 'SIGKILL');
    await expect(reading).rejects.toMatchObject({ code: 'runner_failed' });
  }
  await expect(client.chat.completions.create({ model, messages })).rejects.toMatchObject({
    status: 502,
    code: 'runner_failed',
    message: expect.stringMatching(/failed 3 times in a row.*SIGKILL/u),
  });
  await agent.cli('models', 'load', model);
  const answer = await client.chat.completions.create({ model, messages, max_tokens: 3 });
  expect(answer.usage?.completion_tokens).toBe(3);
}, 60_000);

it('a runner never outlives an agent that was killed', async () => {
  await using home = await temporaryFolder();
  await using agent = await startAgentProcess({ home: home.path });
  await agent.cli('models', 'load', model);
  const pid = await runnerPid(agent);
  agent.kill('SIGKILL');
  await agent.exited;
  await waitFor('the runner to go', () => !isAlive(pid));
});

it('a stream ends with an error in form when the agent stops', async () => {
  await using home = await temporaryFolder();
  await using agent = await startAgentProcess({ home: home.path });
  const client = await connect(agent);
  const stream = await client.chat.completions.create({ model, messages, stream: true, ...endless });
  const reading = Array.fromAsync(stream);
  agent.kill('SIGTERM');
  await expect(reading).rejects.toMatchObject({ code: 'shutting_down' });
  expect(await agent.exited).toBe(0);
});
