import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadPlan, ModelEntry, ModelSettings, RequestPage } from '@impetus/contracts';
import { waitFor, type AgentProcess } from '@impetus/test-kit';
import type OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAiClient, startKeyedAgent, type KeyedAgent } from './support/keyed-agent.ts';

const sample = 'impetus-sample';
const messages = [{ role: 'user' as const, content: 'Tell me about this house.' }];

let test: KeyedAgent;
let agent: AgentProcess;
let client: OpenAI;
beforeAll(async () => {
  test = await startKeyedAgent();
  ({ agent } = test);
  const models = join(agent.home, 'models');
  await mkdir(models);
  await copyFile(join(agent.home, 'sample', `${sample}.gguf`), join(models, 'second.gguf'));
  await waitFor('the second model', async () => (await list()).length === 2);
  client = openAiClient(test);
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  await agent.cli('models', 'unload', '--all', '--now');
});

interface Listed extends ModelEntry {
  readonly state: string;
  readonly default: boolean;
}

interface Shown extends Listed {
  readonly settings: ModelSettings;
  readonly plan: LoadPlan;
}

interface Changed {
  readonly settings: ModelSettings;
  readonly reloadNeeded: boolean;
}

const cli = (...args: string[]) => agent.command(...args);
const list = () => agent.cli<Listed[]>('models', 'ls');
const set = (...assignments: string[]) => agent.cli<Changed>('models', 'set', sample, ...assignments);
const wireModel = async (name: string) =>
  (await client.models.retrieve(name)) as unknown as {
    meta: { n_ctx: number | null };
    status: { value: string };
  };

describe('models set', () => {
  it('says what is now so, and the loaded model follows once it is loaded again', async () => {
    const { code, stdout } = await cli('models', 'set', sample, 'contextSize=2048', 'idleUnload=never');
    expect([code, stdout]).toEqual([0, 'contextSize: 2048\nidleUnload: never\n']);
    await agent.cli('models', 'load', sample);
    expect((await wireModel(sample)).meta.n_ctx).toBe(2048);

    expect((await cli('models', 'set', sample, 'contextSize=1024')).stdout).toBe(
      `contextSize: 1024\n${sample} is loaded and follows this once it was unloaded and loaded again.\n`,
    );
    expect((await wireModel(sample)).meta.n_ctx).toBe(2048);
    await agent.cli('models', 'unload', sample);
    expect(await wireModel(sample)).toMatchObject({ meta: { n_ctx: null }, status: { value: 'unloaded' } });
    await agent.cli('models', 'load', sample);
    expect((await wireModel(sample)).meta.n_ctx).toBe(1024);

    const { settings, reloadNeeded } = await set('contextSize=', 'idleUnload=');
    expect([settings.contextSize, settings.idleUnload, reloadNeeded]).toEqual([null, null, true]);
  });

  it.each([
    [['contextSize=5'], "'contextSize' must be at least 128.\n"],
    [['pinned=perhaps'], "'pinned' must be a boolean, but a string was sent.\n"],
    [['colour=red'], 'There is no setting “colour”. There are: contextSize,'],
    [['aliases=second'], '“second” is the id of a model. Choose another alias.\n'],
    [['aliases=default'], '“default” always means the default model. Choose another alias.\n'],
    [[], "error: missing required argument 'name=value'\n"],
  ])('%j is refused in one sentence, and nothing changes', async (assignments, reason) => {
    const { code, stdout, stderr } = await cli('models', 'set', sample, ...assignments);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.startsWith(reason)).toBe(true);
    expect((await list()).find(({ id }) => id === sample)?.aliases).toEqual([]);
  });
});

describe('models show', () => {
  it('tells the facts, the settings and whether it fits', async () => {
    await set('contextSize=512', 'sampling.temperature=0.5');
    const { stdout } = await cli('models', 'show', sample);
    expect(stdout).toMatch(/^Model +impetus-sample$/mu);
    expect(stdout).toMatch(/^contextSize +512$/mu);
    expect(stdout).toMatch(/^sampling +temperature 0\.5$/mu);
    expect(stdout).toMatch(
      /^Context size 512, sequences \d+: .* \(weights .*, KV cache .*, computing .*\)\.$/mu,
    );
    const shown = await agent.cli<Shown>('models', 'show', sample);
    expect(shown).toMatchObject({
      id: sample,
      state: 'stopped',
      settings: { contextSize: 512 },
      plan: { verdict: 'fits', contextSize: 512, evicts: [] },
    });
    await set('contextSize=', 'sampling=');
  });

  it('says of an unknown model that there is none', async () => {
    const { code, stderr } = await cli('models', 'show', 'nobody');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^There is no model "nobody" here/u)]);
  });
});

describe('names', () => {
  it('reach the model in chats, and come back in the answer', async () => {
    await set('aliases=gpt-4o,org/fast');
    await agent.cli('models', 'switch', 'gpt-4o');
    for (const model of [sample, 'gpt-4o', 'org/fast', 'default']) {
      const answer = await client.chat.completions.create({ model, messages, max_tokens: 4 });
      expect([answer.model, answer.usage?.completion_tokens]).toEqual([model, 4]);
      expect(await wireModel(model)).toMatchObject({ status: { value: 'loaded' } });
    }
    const states = new Map((await list()).map(({ id, state }) => [id, state]));
    expect([states.get(sample), states.get('second')]).toEqual(['ready', 'stopped']);
    await set('aliases=');
    await expect(
      client.chat.completions.create({ model: 'gpt-4o', messages, max_tokens: 4 }),
    ).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });
});

describe('what the owner chose for chats', () => {
  it('fills in the sampling and stands before the system prompt', async () => {
    const ask = () => client.chat.completions.create({ model: sample, messages, max_tokens: 12 });
    const before = await ask();
    await set('sampling.temperature=0', 'systemPrompt=You live in this house and like it.');
    const [first, second] = [await ask(), await ask()];
    expect(first.usage?.prompt_tokens).toBeGreaterThan((before.usage?.prompt_tokens ?? 0) + 5);
    expect(first.choices[0]?.message.content).toBe(second.choices[0]?.message.content);
    await set('sampling=', 'systemPrompt=');
  });

  it('lets the cache match behind a line that changes', async () => {
    const rules = 'Rules of the house, which are long. '.repeat(30);
    const ask = (cch: string) =>
      client.chat.completions.create({
        model: sample,
        messages: [
          { role: 'system', content: `x-anthropic-billing-header: cc_version=2.1; cch=${cch};\n${rules}` },
          ...messages,
        ],
        max_tokens: 1,
      });
    await ask('0a1b2');
    const { usage } = await ask('ffff9');
    expect(usage?.prompt_tokens_details?.cached_tokens).toBe((usage?.prompt_tokens ?? 0) - 1);
  });
});

describe('models switch and unload', () => {
  it('make the model the default and load it, and free everything again', async () => {
    expect((await cli('models', 'switch', 'second')).stdout).toBe(
      'second is the default model, and loaded.\n',
    );
    expect((await agent.cli<Shown>('models', 'show', 'default')).plan).toMatchObject({ verdict: 'loaded' });
    expect((await cli('models', 'ls')).stdout).toMatch(/^second +chat .* default +ready$/mu);
    expect((await cli('models', 'unload', '--all')).stdout).toBe('All models are unloaded.\n');
    expect((await list()).map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  });

  it.each([
    [[], 'Name the model to unload, or say --all.\n'],
    [['second', '--all'], 'Name one model or say --all, not both.\n'],
  ])('unload %j is refused', async (args, reason) => {
    expect(await cli('models', 'unload', ...args)).toMatchObject({ code: 1, stderr: reason });
  });
});

describe('generation stop', () => {
  it('ends what runs with an error and leaves the model loaded', async () => {
    expect((await cli('generation', 'stop')).stdout).toBe('No request was running or waiting.\n');
    await agent.cli('models', 'load', sample);
    const endless = { max_tokens: 20_000, ignore_eos: true };
    const stream = await client.chat.completions.create({
      model: sample,
      messages,
      stream: true,
      ...endless,
    });
    const reading = (async () => {
      for await (const _ of stream);
    })();
    const ended = expect(reading).rejects.toThrow(/stopped/iu);
    await waitFor('the request', async () => {
      const { stopped } = await agent.cli<{ stopped: number }>('generation', 'stop');
      return stopped === 1;
    });
    await ended;
    expect((await list()).find(({ id }) => id === sample)?.state).toBe('ready');
  });
});

describe('settings', () => {
  it('are listed and set', async () => {
    expect((await cli('settings', 'set', 'queueLength=64', 'idleUnload=never')).stdout).toBe(
      'queueLength: 64\nidleUnload: never\n',
    );
    expect((await cli('settings', 'ls')).stdout).toMatch(/^queueLength +64$/mu);
    expect(await agent.cli('settings', 'set', 'queueLength=', 'idleUnload=')).toMatchObject({
      queueLength: 256,
      idleUnload: 30,
    });
    expect(await cli('settings', 'set', 'queueLength=0')).toMatchObject({
      code: 1,
      stderr: "'queueLength' must be at least 1.\n",
    });
  });
});

describe('requests ls', () => {
  it('lists the last ones, newest first', async () => {
    await client.chat.completions.create({ model: sample, messages, max_tokens: 3 });
    const listing = waitFor('the record', async () => {
      const { records } = await agent.cli<RequestPage>('requests', 'ls', '--limit', '1');
      return records.find(({ state, modelId }) => state === 'done' && modelId === sample);
    });
    expect(await listing).toMatchObject({
      requesterName: 'Test',
      endpoint: '/v1/chat/completions',
      completionTokens: 3,
    });
    const { stdout } = await cli('requests', 'ls');
    expect(stdout).toMatch(/^STARTED +WHO +MODEL +ENDPOINT +STATE +PROMPT +CACHED +ANSWER +SECONDS\n/u);
    expect(stdout).toMatch(/ Test +impetus-sample +\/v1\/chat\/completions +done /u);
    expect(await cli('requests', 'ls', '--limit', 'many')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("'limit'"),
    });
  });
});
