import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  needsSharedModels,
  sharedModels,
  startAgentProcess,
  temporaryFolder,
  waitFor,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import type { RunnerEvent } from '@impetus/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRunner, type LoadedRunner } from './support/loaded-runner.ts';

const sample = 'impetus-sample';
const trained = 'TinyStories-656K-chat-q8_0';

let home: TemporaryFolder;
let agent: AgentProcess;
let key: string;

interface Completion {
  readonly choices: readonly { readonly text: string }[];
  readonly usage: { readonly prompt_tokens: number };
  readonly timings: { readonly cache_n: number; readonly prompt_n: number };
}

interface Answer {
  readonly text: string;
  readonly prompt: number;
  readonly cached: number;
  readonly evaluated: number;
}

async function start(env: Readonly<Record<string, string>> = {}, models?: string): Promise<void> {
  agent = await startAgentProcess({
    home: home.path,
    models,
    env: { IMPETUS_SEQUENCES: '2', IMPETUS_CONTEXT_SIZE: '2048', ...env },
  });
  ({ key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Test'));
}

beforeEach(async () => {
  home = await temporaryFolder();
});

afterEach(async () => {
  await agent[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

async function complete(model: string, prompt: string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(`${agent.url}/v1/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, prompt, max_tokens: 24, temperature: 0, ignore_eos: true }),
    signal: signal ?? null,
  });
  const answer = (await response.json()) as Completion;
  expect(response.status, JSON.stringify(answer)).toBe(200);
  const { cache_n: cached, prompt_n: evaluated } = answer.timings;
  expect(cached + evaluated).toBe(answer.usage.prompt_tokens);
  return { text: answer.choices[0]?.text ?? '', prompt: answer.usage.prompt_tokens, cached, evaluated };
}

const vocabulary =
  'the little girl saw a big red ball and her mom was happy to play with it in the park'.split(' ');

/** The same words for the same name. */
function words(name: string, count: number): string {
  const word = (index: number) => {
    const digest = createHash('sha256').update(`${name} ${index}`).digest();
    return vocabulary[digest.readUInt32LE() % vocabulary.length];
  };
  return Array.from({ length: count }, (_, index) => word(index)).join(' ');
}

function stateFiles(end: string): string[] {
  const root = join(home.path, 'prompt-cache');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(root, name));
}

/** What a model says with no cache to help it. */
async function withoutCache(model: string, prompts: readonly string[], models?: string): Promise<Answer[]> {
  await start({}, models);
  await agent.cli('settings', 'set', 'promptCacheMaxBytes=0');
  const answers: Answer[] = [];
  for (const prompt of prompts) {
    await agent.cli('models', 'load', model);
    answers.push(await complete(model, prompt));
    await agent.cli('models', 'unload', model);
  }
  expect(answers.map(({ cached }) => cached)).toEqual(prompts.map(() => 0));
  await agent.cli('settings', 'set', 'promptCacheMaxBytes=');
  await agent[Symbol.asyncDispose]();
  return answers;
}

interface Subject {
  readonly model: string;
  readonly models: string | undefined;
  readonly skip: boolean;
}

const subjects: readonly Subject[] = [
  { model: sample, models: undefined, skip: false },
  { model: trained, models: sharedModels ?? undefined, skip: sharedModels === null },
];

describe.each(subjects)('prompt cache of $model', ({ model, models, skip }) => {
  it.skipIf(skip)(
    `brings more conversations than there are sequences back from disk, also after an unload${needsSharedModels}`,
    async () => {
      const names = ['a', 'b', 'c', 'd'];
      const opening = (name: string) => words(name, 280);
      const turns = names.map((name) => `${opening(name)} and ${words(`${name} 2`, 10)}`);
      const expected = await withoutCache(model, turns, models);

      await start({}, models);
      for (const name of names) await complete(model, opening(name));
      for (const [index, turn] of turns.entries()) {
        const answer = await complete(model, turn);
        expect(answer.text).toBe(expected[index]?.text);
        expect(answer.cached).toBeGreaterThan(260);
      }
      await agent.cli('models', 'unload', model);
      expect(stateFiles('.part')).toEqual([]);
      for (const [index, turn] of turns.entries()) {
        const answer = await complete(model, turn);
        expect(answer.text).toBe(expected[index]?.text);
        expect(answer.evaluated).toBeLessThan(5);
      }
    },
  );
});

it('the second turn of a chat evaluates only what is new', async () => {
  await start();
  const ask = async (messages: object[]) => {
    const response = await fetch(`${agent.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: sample, messages, temperature: 0 }),
    });
    return (await response.json()) as {
      choices: [{ message: { content: string } }];
      usage: { prompt_tokens: number; prompt_tokens_details: { cached_tokens: number } };
    };
  };
  const opening = [
    { role: 'system', content: words('system', 60) },
    { role: 'user', content: 'Hello, who are you?' },
  ];
  const first = await ask(opening);
  expect(first.usage.prompt_tokens_details.cached_tokens).toBe(0);
  const { content } = first.choices[0].message;
  const second = await ask([...opening, { role: 'assistant', content }, { role: 'user', content: 'Why?' }]);
  expect(second.usage.prompt_tokens_details.cached_tokens).toBeGreaterThanOrEqual(
    first.usage.prompt_tokens - 1,
  );
});

it('two prompts that begin alike and come together are read once, and so is a third', async () => {
  await start({ IMPETUS_SEQUENCES: '4' });
  await agent.cli('models', 'load', sample);
  const prompts = ['x', 'y', 'z'].map((name) => `${words('shared', 900)} and then ${words(name, 60)}`);
  const [first, second] = await Promise.all(prompts.slice(0, 2).map((prompt) => complete(sample, prompt)));
  const third = await complete(sample, prompts[2] ?? '');
  const total = first?.prompt ?? 0;
  expect((first?.evaluated ?? 0) + (second?.evaluated ?? 0)).toBeLessThan(total * 1.15);
  expect(third.evaluated).toBeLessThan(total * 0.15);
});

describe('damaged states', () => {
  const prompt = words('long', 400);
  const change = (path: string, from: string, to: string) =>
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

  it.each([
    [
      'a flipped byte',
      () => {
        const [path = ''] = stateFiles('.state');
        const state = readFileSync(path);
        const middle = state.length >> 1;
        state.writeUInt8(state.readUInt8(middle) ^ 1, middle);
        writeFileSync(path, state);
      },
    ],
    ['a wrong length', () => truncateSync(stateFiles('.state')[0] ?? '', 5_000)],
    ['another model', () => change(stateFiles('.json')[0] ?? '', '"modelIdentity":"', '"modelIdentity":"x')],
    ['a truncated record', () => truncateSync(stateFiles('.json')[0] ?? '', 100)],
  ])('%s: dropped, and the answer is right', async (_, damage) => {
    await start();
    const { text } = await complete(sample, prompt);
    await agent.cli('models', 'unload', sample);
    const [before] = stateFiles('.state');
    damage();
    const answer = await complete(sample, prompt);
    expect(answer).toMatchObject({ text, cached: 0 });
    expect(stateFiles('.state')).not.toContain(before);
  });
});

it('keeps its states within their size', async () => {
  await start({ IMPETUS_SEQUENCES: '1' });
  await complete(sample, words('first', 400));
  await agent.cli('models', 'unload', sample);
  const size = () => stateFiles('.state').reduce((sum, path) => sum + readFileSync(path).length, 0);
  const one = size();
  expect(one).toBeGreaterThan(0);
  await agent.cli('settings', 'set', `promptCacheMaxBytes=${Math.ceil(one * 2.5)}`);
  for (const name of ['second', 'third', 'fourth', 'fifth']) await complete(sample, words(name, 400));
  await agent.cli('models', 'unload', sample);
  expect(size()).toBeLessThanOrEqual(one * 2.5);
  expect(stateFiles('.state')).toHaveLength(2);
  expect((await complete(sample, `${words('fifth', 400)} again`)).cached).toBeGreaterThan(380);
});

describe('a prompt behind another one that begins alike', () => {
  const shared = words('shared', 2_000);
  const promptOf = (name: string) => ({ kind: 'text', text: `${shared} ${name}` }) as const;

  async function twoPrompts(): Promise<LoadedRunner> {
    await start();
    await agent.cli('models', 'load', sample);
    const model = join(home.path, 'sample', readdirSync(join(home.path, 'sample'))[0] ?? '');
    const folder = join(home.path, 'states');
    const runner = await loadRunner(model, { folder, modelIdentity: 'x', maxBytes: 1e8, maxAgeMs: 1e8 });
    for (const name of ['leader', 'follower']) runner.generate(name, { prompt: promptOf(name) });
    await waitFor('the leader to be read', () => runner.events('leader').length > 1);
    return runner;
  }

  it('is not worked on when its client leaves meanwhile', async () => {
    await using runner = await twoPrompts();
    runner.abort('follower');
    expect((await runner.ended('leader')).at(-1)?.kind).toBe('end');
    expect(await runner.ended('follower')).toMatchObject([{ kind: 'error', error: { code: 'cancelled' } }]);
  });

  it('goes on by itself when the other one’s client leaves', async () => {
    await using runner = await twoPrompts();
    runner.abort('leader');
    expect((await runner.ended('leader')).at(-1)).toMatchObject({ error: { code: 'cancelled' } });
    const events = await runner.ended('follower');
    const alone = `${shared} follower`;
    runner.generate('again', { prompt: { kind: 'text', text: alone } });
    expect(textOf(await runner.ended('again'))).toBe(textOf(events));
    const end = events.at(-1);
    // What the other one had read by then need not be read again.
    if (end?.kind === 'end') expect(end.usage.cachedTokens).toBeLessThan(end.usage.promptTokens - 1);
    expect(end?.kind).toBe('end');
  });
});

function textOf(events: readonly RunnerEvent[]): string {
  return events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
}
