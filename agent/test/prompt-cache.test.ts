import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromptCacheOptions, RunnerEvent } from '@impetus/contracts';
import {
  needsSharedModels,
  samplePath,
  sharedModels,
  startAgentProcess,
  temporaryFolder,
  waitFor,
  type TemporaryFolder,
} from '@impetus/test-kit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleModelId } from '../src/models/index.ts';
import { loadRunner, type LoadedRunner } from './support/loaded-runner.ts';

let home: TemporaryFolder;
let sample: string;
let cache: PromptCacheOptions;

const cacheIn = (name: string): PromptCacheOptions => ({
  folder: join(home.path, name),
  modelIdentity: 'sample',
  maxBytes: 1e9,
  maxAgeMs: 1e9,
});

beforeAll(async () => {
  home = await temporaryFolder();
  sample = await samplePath();
});

afterAll(() => home[Symbol.asyncDispose]());

let tests = 0;

beforeEach(() => {
  tests += 1;
  cache = cacheIn(`states-${tests}`);
});

interface Answer {
  readonly text: string;
  readonly prompt: number;
  readonly cached: number;
  readonly evaluated: number;
}

let requests = 0;

async function complete(runner: LoadedRunner, text: string): Promise<Answer> {
  requests += 1;
  const id = String(requests);
  runner.generate(id, { prompt: { kind: 'text', text }, maxTokens: 16 });
  return answerIn(await runner.ended(id));
}

function answerIn(events: readonly RunnerEvent[]): Answer {
  const end = events.at(-1);
  if (end?.kind !== 'end') throw new Error(`There is no answer: ${JSON.stringify(end)}`);
  const { promptTokens: prompt, cachedTokens: cached } = end.usage;
  const text = events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
  return { text, prompt, cached, evaluated: prompt - cached };
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
  return readdirSync(cache.folder)
    .filter((name) => name.endsWith(end))
    .map((name) => join(cache.folder, name));
}

describe.each([
  { name: 'the sample model', skip: false, model: () => sample, contextSize: 2_048 },
  {
    name: `a trained model${needsSharedModels}`,
    skip: sharedModels === null,
    model: () => join(sharedModels ?? '', 'TinyStories-656K-chat-q8_0.gguf'),
    contextSize: 512,
  },
])('with $name', ({ skip, model, contextSize }) => {
  it.skipIf(skip)(
    'more conversations than sequences come back from disk and go on as if never away',
    async () => {
      const names = ['a', 'b', 'c', 'd'];
      const opening = (name: string) => words(name, 300);
      const turns = names.map((name) => `${opening(name)} and ${words(`${name} 2`, 10)}`);
      const expected: Answer[] = [];
      {
        await using roomy = await loadRunner(model(), null, { contextSize, sequences: turns.length });
        for (const turn of turns) expected.push(await complete(roomy, turn));
      }
      expect(expected.map(({ cached }) => cached)).toEqual([0, 0, 0, 0]);

      const check = async (runner: LoadedRunner) => {
        for (const [index, turn] of turns.entries()) {
          const answer = await complete(runner, turn);
          expect(answer.text).toBe(expected[index]?.text);
          expect(answer.cached).toBeGreaterThan(answer.prompt * 0.9);
        }
      };
      {
        await using runner = await loadRunner(model(), cache, { contextSize });
        for (const name of names) await complete(runner, opening(name));
        await check(runner);
      }
      expect(stateFiles('.part')).toEqual([]);
      // The runner has ended and another one goes on.
      await using runner = await loadRunner(model(), cache, { contextSize });
      await check(runner);
    },
  );
});

it('an agent’s chat evaluates only what is new in a second turn, and after the model was unloaded', async () => {
  await using agent = await startAgentProcess({
    home: home.path,
    env: { IMPETUS_SEQUENCES: '2', IMPETUS_CONTEXT_SIZE: '2048' },
  });
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Test');
  const ask = async (messages: object[]) => {
    const response = await fetch(`${agent.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: sampleModelId, messages, temperature: 0 }),
    });
    expect(response.status).toBe(200);
    const answer = (await response.json()) as {
      choices: [{ message: { content: string } }];
      usage: { prompt_tokens: number; prompt_tokens_details: { cached_tokens: number } };
    };
    return {
      content: answer.choices[0].message.content,
      prompt: answer.usage.prompt_tokens,
      cached: answer.usage.prompt_tokens_details.cached_tokens,
    };
  };
  const opening = [
    { role: 'system', content: words('system', 300) },
    { role: 'user', content: 'Hello, who are you?' },
  ];
  const first = await ask(opening);
  expect(first.cached).toBe(0);
  const turns = [
    ...opening,
    { role: 'assistant', content: first.content },
    { role: 'user', content: 'Why?' },
  ];
  const second = await ask(turns);
  expect(second.cached).toBeGreaterThanOrEqual(first.prompt - 1);
  await agent.cli('models', 'unload', sampleModelId);
  const again = await ask(turns);
  expect(again).toEqual({ ...second, cached: second.prompt - 1 });
  // An agent starts, and its model twice.
}, 60_000);

describe('prompts that begin alike', () => {
  const shared = words('shared', 1_500);
  const promptOf = (name: string) => ({ kind: 'text', text: `${shared} ${words(name, 40)}` }) as const;

  async function together(...names: readonly string[]): Promise<LoadedRunner> {
    const runner = await loadRunner(sample, cache, { sequences: 4 });
    for (const name of names) runner.generate(name, { prompt: promptOf(name) });
    return runner;
  }

  it('and come together are read once, and so is one that comes later', async () => {
    await using runner = await together('first', 'second', 'third');
    const [first, second, third] = [
      answerIn(await runner.ended('first')),
      answerIn(await runner.ended('second')),
      answerIn(await runner.ended('third')),
    ];
    expect(first.evaluated).toBe(first.prompt);
    expect(second.evaluated + third.evaluated).toBeLessThan(first.prompt * 0.15);
    const later = await complete(runner, promptOf('later').text);
    expect(later.evaluated).toBeLessThan(first.prompt * 0.15);
  });

  it('a client that leaves while its prompt waits for the other costs no work', async () => {
    await using runner = await together('leader', 'follower');
    await waitFor('the leader to be read', () => runner.events('leader').length > 1);
    runner.abort('follower');
    expect((await runner.ended('leader')).at(-1)?.kind).toBe('end');
    expect(await runner.ended('follower')).toMatchObject([{ kind: 'error', error: { code: 'cancelled' } }]);
  });

  it('the one that waits goes on by itself when the other one’s client leaves', async () => {
    await using runner = await together('leader', 'follower');
    await waitFor('the leader to be read', () => runner.events('leader').length > 1);
    runner.abort('leader');
    expect((await runner.ended('leader')).at(-1)).toMatchObject({ error: { code: 'cancelled' } });
    const answer = answerIn(await runner.ended('follower'));
    // What the other one had read by then need not be read again.
    expect(answer.cached).toBeGreaterThan(0);
    expect(answer.cached).toBeLessThan(answer.prompt - 1);
    expect((await complete(runner, promptOf('follower').text)).text.startsWith(answer.text)).toBe(true);
  });
});

describe('a damaged state', () => {
  const prompt = words('long', 400);
  const first = (end: string) => stateFiles(end)[0] ?? '';
  const change = (path: string, from: string, to: string) =>
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  const ask = async (options: PromptCacheOptions) => {
    await using runner = await loadRunner(sample, options);
    return await complete(runner, prompt);
  };
  /** A state that is as it should be, of which each test damages a copy. */
  let kept: { readonly folder: string; readonly text: string };
  beforeAll(async () => {
    const { text } = await ask(cacheIn('undamaged'));
    kept = { folder: cacheIn('undamaged').folder, text };
  });

  it.each([
    [
      'with a flipped byte',
      () => {
        const state = readFileSync(first('.state'));
        const middle = state.length >> 1;
        state.writeUInt8(state.readUInt8(middle) ^ 1, middle);
        writeFileSync(first('.state'), state);
      },
    ],
    ['of a wrong length', () => truncateSync(first('.state'), 5_000)],
    ['of another model', () => change(first('.json'), '"modelIdentity":"', '"modelIdentity":"x')],
    ['with a truncated record', () => truncateSync(first('.json'), 100)],
  ])('%s is dropped, and the answer is right', async (_, damage) => {
    cpSync(kept.folder, cache.folder, { recursive: true });
    const [before] = stateFiles('.state');
    damage();
    expect(await ask(cache)).toMatchObject({ text: kept.text, cached: 0 });
    expect(stateFiles('.state')).not.toContain(before);
  });
});

it('states stay within their size, and the newest stay', async () => {
  const settings = { sequences: 1 };
  {
    await using runner = await loadRunner(sample, cache, settings);
    await complete(runner, words('first', 400));
  }
  const size = () => stateFiles('.state').reduce((sum, path) => sum + statSync(path).size, 0);
  cache = { ...cache, maxBytes: size() * 2.5 };
  {
    await using runner = await loadRunner(sample, cache, settings);
    for (const name of ['second', 'third', 'fourth']) await complete(runner, words(name, 400));
  }
  expect(stateFiles('.state')).toHaveLength(2);
  expect(size()).toBeLessThanOrEqual(cache.maxBytes);
  await using runner = await loadRunner(sample, cache, settings);
  const { prompt, cached } = await complete(runner, words('fourth', 400));
  expect(cached).toBe(prompt - 1);
});
