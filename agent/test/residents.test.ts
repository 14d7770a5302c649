import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { samplePath, temporaryFolder, waitFor } from '@impetus/test-kit';
import {
  defaultModelSettings,
  type GenerationEvent,
  type IdleUnload,
  type ModelSettings,
  type RunnerStatus,
} from '@impetus/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Agent } from '../src/agent.ts';
import { startWholeAgent } from './support/whole-agent.ts';

// Models come and go in each of these, every time with a runner of their own.
vi.setConfig({ testTimeout: 60_000 });

const requester = { id: 'test', name: 'Test' };
const origin = { dialect: 'openai', endpoint: '/v1/completions', streamed: true } as const;

interface House extends AsyncDisposable {
  readonly agent: Agent;
  readonly models: string;
  /** What one of its models takes with the settings that all of them have. In bytes. */
  readonly modelBytes: number;
  choose(id: string, settings: Partial<ModelSettings>): Promise<void>;
  /** Sets the limit so that as many models fit, and half of one more. */
  roomFor(count: number): Promise<void>;
  status(id: string): RunnerStatus | undefined;
  ask(id: string, options?: { tokens?: number; keepAlive?: IdleUnload; signal?: AbortSignal }): Asked;
  /** Nothing runs, nothing is loaded, and everything is set as at first. */
  empty(): Promise<void>;
}

/** A request under way. */
interface Asked {
  /** Everything that it heard so far. */
  readonly heard: readonly GenerationEvent[];
  /** Resolves at its end. */
  readonly done: Promise<void>;
  /** Resolves once it writes. */
  writing(): Promise<unknown>;
}

/** A whole agent with real runners, whose models `a`, `b` and `c` are copies of the sample. */
async function openHouse(env: Readonly<Record<string, string>> = {}): Promise<House> {
  await using stack = new AsyncDisposableStack();
  const { path: home } = stack.use(await temporaryFolder());
  const models = join(home, 'models');
  await mkdir(models);
  for (const id of ['a', 'b', 'c']) await cp(await samplePath(), join(models, `${id}.gguf`));
  const agent = stack.use(await startWholeAgent({ home, models }, env));
  const { inference, modelSettings, settings } = agent.context.services;
  const empty = async () => {
    inference.stopGeneration();
    await inference.unloadAll();
    await settings.updateAgent({ memoryLimitBytes: null });
    const chosen = { ...defaultModelSettings, contextSize: 30_208, sequences: 2 };
    for (const id of ['a', 'b', 'c']) await modelSettings.update(id, chosen);
  };
  await empty();
  const { estimate } = await inference.plan('a');
  const modelBytes = estimate.totalBytes;
  const disposal = stack.move();
  return {
    agent,
    models,
    modelBytes,
    empty,
    choose: async (id, chosen) => void (await modelSettings.update(id, chosen)),
    roomFor: async (count) =>
      void (await settings.updateAgent({ memoryLimitBytes: Math.round(modelBytes * (count + 0.5)) })),
    status: (id) => inference.runners().find(({ modelId }) => modelId === id),
    ask: (modelId, { tokens = 3, keepAlive, signal = new AbortController().signal } = {}) => {
      const heard: GenerationEvent[] = [];
      const prompt = { kind: 'text', text: 'Once' } as const;
      const input = { prompt, sampling: {}, maxTokens: tokens, stop: [], ignoreEnd: true };
      const events = inference.generate({ modelId, requester, origin, input, signal, keepAlive });
      const done = (async () => {
        for await (const event of events) heard.push(event);
      })();
      done.catch(() => {});
      const writing = () => waitFor(`text of ${modelId}`, () => heard.some(({ kind }) => kind === 'delta'));
      return { heard, done, writing };
    },
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}

const long = { tokens: 30_000 };

/** The runners of this process, loaded and empty ones. */
function childrenOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [own, parent, ...command] = line.trim().split(/\s+/u);
    return Number(parent) === pid && /runner.main\.[jt]s/u.test(command.join(' ')) ? [Number(own)] : [];
  });
}

describe('in one house', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  beforeEach(() => house.empty());
  afterAll(() => house[Symbol.asyncDispose]());

  it('two models answer at once; a third evicts the idle one and not the busy one', async () => {
    await house.roomFor(2);
    const idle = house.ask('a', long);
    const busy = house.ask('b', long);
    await Promise.all([idle.writing(), busy.writing()]);
    expect(house.status('a')?.state).toBe('ready');
    house.agent.context.services.inference.stopGeneration();
    await expect(idle.done).rejects.toMatchObject({ code: 'cancelled' });
    const again = house.ask('b', long);
    await again.writing();
    await waitFor('a to be idle', () => house.status('a')?.active === 0);
    await house.ask('c').done;
    expect(house.status('a')).toBeUndefined();
    expect(house.status('b')).toMatchObject({ state: 'ready', active: 1 });
    expect(house.agent.context.services.inference.budget().usedBytes).toBeGreaterThan(house.modelBytes * 1.9);
  });

  it('a model waits for a busy one, says so, and gets its turn before later requests to that one', async () => {
    await house.roomFor(1);
    const leaver = new AbortController();
    const first = house.ask('a', { ...long, signal: leaver.signal });
    await first.writing();
    const other = house.ask('b');
    await waitFor('b to wait', () => house.status('b')?.state === 'waiting');
    expect(house.status('b')?.waitsFor).toEqual(['a']);
    expect(other.heard).toContainEqual({ kind: 'queued', position: 1 });
    const later = house.ask('a');
    leaver.abort();
    await other.done;
    expect(other.heard.some(({ kind }) => kind === 'loading')).toBe(true);
    expect(later.heard.some(({ kind }) => kind === 'delta')).toBe(false);
    await later.done;
    expect(house.status('b')).toBeUndefined();
  });

  it('a pinned model is never evicted: what does not fit beside it is refused by name and numbers', async () => {
    await house.roomFor(1);
    await house.choose('a', { pinned: true, idleUnload: 0 });
    await house.ask('a').done;
    await expect(house.ask('b').done).rejects.toMatchObject({
      code: 'insufficient_memory',
      message: expect.stringMatching(
        /needs \d+ MB, and the limit .* is \d+ MB, of which pinned models \(a\)/u,
      ),
    });
    expect(house.status('a')).toMatchObject({ state: 'ready', pinned: true, unloadsAt: null });
    expect(house.status('b')).toMatchObject({ state: 'failed', error: { code: 'insufficient_memory' } });
    await house.choose('a', { pinned: false });
    await house.ask('b').done;
    expect(house.status('a')).toBeUndefined();
  });

  it('a load that cannot fit is refused before it begins, with both numbers and a context that fits', async () => {
    const { inference } = house.agent.context.services;
    await house.roomFor(1);
    await house.choose('a', { contextSize: 4_000_000, sequences: 8 });
    const plan = await inference.plan('a');
    expect(plan).toMatchObject({ verdict: 'does-not-fit', contextSize: 4_000_000 });
    expect(plan.message).toMatch(
      /it needs [\d.]+ GB, and the limit .* is \d+ MB\. Try a context size of \d+/u,
    );
    await expect(inference.load('a')).rejects.toMatchObject({
      code: 'insufficient_memory',
      message: expect.stringMatching(
        /it needs [\d.]+ GB, and the limit .* is \d+ MB\. Try a context size of \d+/u,
      ),
    });
    expect(house.status('a')).toMatchObject({ state: 'failed', pid: null });
    await house.choose('a', { contextSize: plan.fittingContextSize });
    await inference.load('a');
    expect(house.status('a')?.state).toBe('ready');
  });

  it('a plan tells who would go, and who would be waited for, and changes nothing', async () => {
    const { inference } = house.agent.context.services;
    await house.roomFor(1);
    expect(await inference.plan('a')).toMatchObject({ verdict: 'fits', evicts: [] });
    await inference.load('a');
    expect(await inference.plan('a')).toMatchObject({ verdict: 'loaded' });
    expect(await inference.plan('b')).toMatchObject({ verdict: 'evicts', evicts: ['a'] });
    const busy = house.ask('a', long);
    await busy.writing();
    expect(await inference.plan('b')).toMatchObject({ verdict: 'waits', evicts: ['a'] });
    expect(house.status('b')).toBeUndefined();
    expect(house.status('a')?.state).toBe('ready');
  });

  it('a model is unloaded at once after a request that says so', async () => {
    await house.ask('a', { keepAlive: 'never' }).done;
    expect(house.status('a')).toMatchObject({ state: 'ready', unloadsAt: null });
    await house.ask('a', { keepAlive: 10 }).done;
    expect(house.status('a')?.unloadsAt).not.toBeNull();
    await house.ask('a', { keepAlive: 0 }).done;
    await waitFor('a to go', () => house.status('a') === undefined);
  });

  it('stopping all generation ends what runs and what waits, and the models stay', async () => {
    const asked = [1, 2, 3].map(() => house.ask('a', long));
    await Promise.all([asked[0]?.writing(), asked[1]?.writing()]);
    const { inference } = house.agent.context.services;
    expect(inference.stopGeneration()).toBe(3);
    for (const { done } of asked) {
      await expect(done).rejects.toMatchObject({
        code: 'cancelled',
        message: expect.stringMatching(/stopped by the owner/u),
      });
    }
    await house.ask('a').done;
  });

  it('unloading everything frees the memory, pinned or not', async () => {
    const { inference } = house.agent.context.services;
    await house.choose('a', { pinned: true });
    await Promise.all([inference.load('a'), inference.load('b')]);
    expect(inference.budget().usedBytes).toBeGreaterThan(house.modelBytes * 1.9);
    await inference.unloadAll();
    expect(inference.runners()).toEqual([]);
    expect(inference.budget().usedBytes).toBe(0);
  });

  it('a load takes the empty runner that stands ready, and another one follows', async () => {
    const spare = await waitFor('an empty runner', () => childrenOf(process.pid).at(0));
    await house.agent.context.services.inference.load('a');
    expect(house.status('a')?.pid).toBe(spare);
    await waitFor('the next one', () => childrenOf(process.pid).some((pid) => pid !== spare));
  });

  it('an empty runner that is killed disturbs nobody, and is replaced', async () => {
    const busy = house.ask('a', long);
    await busy.writing();
    const used = house.status('a')?.pid;
    const findSpare = () => childrenOf(process.pid).find((pid) => pid !== used);
    const spare = await waitFor('an empty runner', findSpare);
    process.kill(spare, 'SIGKILL');
    await waitFor('another one', () => findSpare() !== undefined && findSpare() !== spare);
    expect(house.status('a')).toMatchObject({ state: 'ready', active: 1 });
  });

  it('a model whose file vanishes goes on answering; the next load says that it is gone, and others go on', async () => {
    const { catalogue, inference } = house.agent.context.services;
    await cp(await samplePath(), join(house.models, 'vanishing.gguf'));
    await catalogue.rescan();
    await house.choose('vanishing', { contextSize: 30_208 });
    await house.ask('b').done;
    const stream = house.ask('vanishing', long);
    await stream.writing();
    await rm(join(house.models, 'vanishing.gguf'));
    const before = stream.heard.length;
    await waitFor('more of the answer', () => stream.heard.length > before + 3);
    inference.stopGeneration();
    await inference.unloadAll();
    await expect(inference.load('vanishing')).rejects.toMatchObject({
      code: expect.stringMatching(/model_load_failed|model_not_found/u),
    });
    await house.ask('b').done;
  });

  it('a file that ends the runner that looks at it harms nobody else', async () => {
    const { catalogue, inference } = house.agent.context.services;
    await inference.load('a');
    const before = house.status('a')?.pid;
    await writeFile(
      join(house.models, 'hostile.gguf'),
      withoutHeads(await readFile(join(house.models, 'a.gguf'))),
    );
    await catalogue.rescan();
    expect(catalogue.require('hostile').problem).toBeNull();
    expect((await inference.plan('hostile')).estimate.totalBytes).toBeGreaterThan(0);
    await expect(inference.load('hostile')).rejects.toMatchObject({
      code: 'model_load_failed',
      message: expect.stringMatching(
        /its runner ended unexpectedly \(signal SIGABRT: .*Its file may be damaged/u,
      ),
    });
    expect(house.status('a')).toMatchObject({ state: 'ready', pid: before });
    await house.ask('b').done;
  });
});

it('works without an empty runner', async () => {
  await using house = await openHouse({ IMPETUS_WARM_RUNNER: '0' });
  expect(childrenOf(process.pid)).toEqual([]);
  await house.ask('a').done;
  expect(childrenOf(process.pid)).toEqual([house.status('a')?.pid]);
});

it('models to preload are loaded once the agent is ready', async () => {
  await using home = await temporaryFolder();
  const models = join(home.path, 'models');
  await mkdir(models);
  await cp(await samplePath(), join(models, 'a.gguf'));
  const start = () => startWholeAgent({ home: home.path, models });
  {
    await using before = await start();
    await before.context.services.modelSettings.update('a', { preload: true });
  }
  await using agent = await start();
  await waitFor('a', () => agent.context.services.inference.runners()[0]?.state === 'ready');
});

/** The same model, of which the header says that it has no attention heads: llama.cpp ends its process over it. */
function withoutHeads(model: Buffer): Buffer {
  const key = 'llama.attention.head_count';
  const typeLength = 4;
  model.writeUInt32LE(0, model.indexOf(key) + key.length + typeLength);
  return model;
}
