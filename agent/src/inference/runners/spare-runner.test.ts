import type { MemoryEstimate, RunnerSettings } from '@impetus/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeRunners, settle } from './testing/fake-runner.ts';
import { SpareRunner } from './spare-runner.ts';

const settings = { contextSize: 512 } as RunnerSettings;
const answer = { totalBytes: 7 } as MemoryEstimate;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const runners = fakeRunners();
  const choice = { enabled: true };
  const spare = new SpareRunner({
    spawn: runners.spawn,
    gpu: false,
    threads: 2,
    log: silent,
    enabled: () => choice.enabled,
  });
  return { spare, choice, runners: runners.all };
}

it('is one process with its library open, however often it is started', () => {
  const { spare, runners } = setUp();
  spare.start();
  spare.start();
  expect(runners).toHaveLength(1);
  expect(runners[0]?.commands).toEqual([{ type: 'prepare', gpu: false, threads: 2 }]);
});

it('leaves the computer to more urgent things at first, unless it is asked', () => {
  const { spare, runners } = setUp();
  spare.startSoon();
  expect(runners).toHaveLength(0);
  vi.advanceTimersByTime(60_000);
  expect(runners).toHaveLength(1);
});

it('is given away once, and another one follows when its load has had its start', () => {
  const { spare, runners } = setUp();
  spare.start();
  const messages: string[] = [];
  const taken = spare.take(false)?.({ onMessage: ({ type }) => messages.push(type), onExit: () => {} });
  expect(taken?.pid).toBe(1);
  expect(spare.take(false)).toBeNull();
  runners[0]?.say({ type: 'memory', residentBytes: 1 });
  expect(messages).toEqual(['memory']);
  expect(runners).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  expect(runners).toHaveLength(2);
});

it('is not given to a load for another kind of processor', () => {
  const { spare } = setUp();
  spare.start();
  expect(spare.take('auto')).toBeNull();
});

it('answers estimates, at once started where there is none', async () => {
  const { spare, runners } = setUp();
  const asked = spare.estimate('/m.gguf', settings);
  const [command] = runners[0]?.heard('estimate') ?? [];
  expect(command).toMatchObject({ modelPath: '/m.gguf', settings });
  runners[0]?.say({ type: 'estimated', requestId: command?.requestId ?? '', estimate: answer });
  expect(await asked).toBe(answer);
});

it('still answers an estimate when it was given away meanwhile', async () => {
  const { spare, runners } = setUp();
  const asked = spare.estimate('/m.gguf', settings);
  const messages: string[] = [];
  spare.take(false)?.({ onMessage: ({ type }) => messages.push(type), onExit: () => {} });
  const [command] = runners[0]?.heard('estimate') ?? [];
  runners[0]?.say({ type: 'estimated', requestId: command?.requestId ?? '', estimate: answer });
  expect(await asked).toBe(answer);
  expect(messages).toEqual([]);
});

it('that ends while it estimates fails the estimate, is not asked while it is away, and is replaced', async () => {
  const { spare, runners } = setUp();
  const asked = spare.estimate('/hostile.gguf', settings);
  const failed = expect(asked).rejects.toMatchObject({ code: 'runner_failed' });
  runners[0]?.die();
  await failed;
  expect(spare.answers).toBe(false);
  expect(spare.take(false)).toBeNull();
  vi.advanceTimersByTime(1_000);
  expect(runners).toHaveLength(2);
  expect(spare.answers).toBe(true);
});

it('is replaced later each time that it dies, and soon again after one was of use', () => {
  const { spare, runners } = setUp();
  spare.start();
  for (const [deaths, waitMs] of [1_000, 2_000, 4_000, 8_000].entries()) {
    runners[deaths]?.die();
    vi.advanceTimersByTime(waitMs - 1);
    expect(runners).toHaveLength(deaths + 1);
    vi.advanceTimersByTime(1);
    expect(runners).toHaveLength(deaths + 2);
  }
  spare.take(false)?.({ onMessage: () => {}, onExit: () => {} });
  spare.start();
  runners.at(-1)?.die();
  vi.advanceTimersByTime(1_000);
  expect(runners).toHaveLength(7);
});

it('counts as stuck when an estimate takes too long, and is ended', async () => {
  const { spare, runners } = setUp();
  const asked = spare.estimate('/m.gguf', settings);
  const failed = expect(asked).rejects.toMatchObject({ code: 'timeout' });
  vi.advanceTimersByTime(30_000);
  await failed;
  expect(runners[0]?.gone).toBe(true);
});

it('tells whoever took it of its end', () => {
  const { spare, runners } = setUp();
  spare.start();
  let ended = 0;
  spare.take(false)?.({ onMessage: () => {}, onExit: () => (ended += 1) });
  runners[0]?.die();
  expect(ended).toBe(1);
});

it('ends when its owner wants none, and comes back when they do', async () => {
  const { spare, choice, runners } = setUp();
  spare.start();
  choice.enabled = false;
  await spare.follow();
  expect(runners[0]?.gone).toBe(true);
  expect(spare.answers).toBe(false);
  vi.advanceTimersByTime(60_000);
  expect(runners).toHaveLength(1);
  choice.enabled = true;
  await spare.follow();
  expect(runners).toHaveLength(2);
});

it('ends with the agent, for good', async () => {
  const { spare, runners } = setUp();
  spare.start();
  await spare[Symbol.asyncDispose]();
  await settle();
  expect(runners[0]?.gone).toBe(true);
  spare.start();
  vi.advanceTimersByTime(60_000);
  expect(runners).toHaveLength(1);
});
