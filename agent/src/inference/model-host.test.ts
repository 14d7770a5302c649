import type { ImpetusError, LoadedModel, ModelEntry, RunnerCommand, RunnerMessage } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { ModelHost } from './model-host.ts';
import type { Request } from './request.ts';
import type { RunnerListener } from './runner-process.ts';

const entry = { id: 'm', name: 'Model', path: '/m.gguf' } as ModelEntry;
const model = { sequences: 2, contextSize: 512 } as LoadedModel;

/** A runner process without a process: the test says what it does. */
class FakeRunner {
  readonly commands: RunnerCommand[] = [];
  readonly listener: RunnerListener;
  #gone = false;

  constructor(listener: RunnerListener) {
    this.listener = listener;
  }

  say(message: RunnerMessage): void {
    this.listener.onMessage(message);
  }

  finish(requestId: string): void {
    const event = {
      kind: 'end',
      reason: 'stop',
      usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 1 },
      timings: { prefillMs: 0, decodeMs: 0 },
    } as const;
    this.say({ type: 'events', events: [{ requestId, event }] });
  }

  die(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.listener.onExit({ code: null, signal: 'SIGKILL', stderr: '' });
  }

  generated(): string[] {
    return this.commands.flatMap((command) => (command.type === 'generate' ? [command.requestId] : []));
  }
}

function setUp() {
  const runners: FakeRunner[] = [];
  const host = new ModelHost({
    entry,
    settings: {
      contextSize: 512,
      sequences: 2,
      batchSize: 512,
      threads: 1,
      gpu: false,
      purpose: 'generation',
    },
    spawn: (listener) => {
      const runner = new FakeRunner(listener);
      runners.push(runner);
      return {
        pid: 1,
        send: (command) => runner.commands.push(command),
        stop: async () => runner.die(),
      };
    },
    onChange: () => {},
    onLoaded: () => {},
    onFailure: () => {},
  });
  const outcomes = new Map<string, string>();
  const waits: string[] = [];
  const submit = (id: string) => {
    const request: Request = {
      id,
      work: {
        type: 'generate',
        generation: { prompt: { kind: 'text', text: '' }, sampling: {}, maxTokens: 1, stop: [] },
      },
      onEvent: (event) => outcomes.set(id, event.kind),
      onQueued: (position) => waits.push(`${id} ${position}`),
      onLoading: () => {},
      onFailure: (error: ImpetusError) => outcomes.set(id, error.code),
    };
    host.submit(request);
  };
  /** Lets promises settle. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { host, runners, outcomes, waits, submit, settle };
}

const reason = { code: 'cancelled' } as ImpetusError;

describe('ModelHost', () => {
  it('starts a runner for the first request and hands out as many as there are sequences', async () => {
    const { host, runners, submit, waits } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    expect(runners).toHaveLength(1);
    runners[0]?.say({ type: 'loaded', model });
    await host.load();
    expect(runners[0]?.generated()).toEqual(['a', 'b']);
    expect(waits).toContain('c 1');
    runners[0]?.finish('a');
    expect(runners[0]?.generated()).toEqual(['a', 'b', 'c']);
  });

  it('ends only the running requests with a runner that dies, and gives those who wait a new one', async () => {
    const { runners, outcomes, submit, settle } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    runners[0]?.die();
    await settle();
    expect(outcomes.get('a')).toBe('runner_failed');
    expect(outcomes.get('b')).toBe('runner_failed');
    expect(outcomes.has('c')).toBe(false);
    runners[1]?.say({ type: 'loaded', model });
    await settle();
    runners[1]?.finish('c');
    expect(outcomes.get('c')).toBe('end');
  });

  it('gives up after three failures in a row, says why, and tries again when its owner asks', async () => {
    const { host, runners, outcomes, submit, settle } = setUp();
    for (let crash = 0; crash < 3; crash += 1) {
      submit(`r${crash}`);
      runners[crash]?.say({ type: 'loaded', model });
      await settle();
      runners[crash]?.die();
      await settle();
    }
    submit('after');
    expect(outcomes.get('after')).toBe('runner_failed');
    expect(runners).toHaveLength(3);
    expect(host.status(0)).toMatchObject({ state: 'failed', error: { code: 'runner_failed' } });
    const loading = host.load();
    runners[3]?.say({ type: 'loaded', model });
    await loading;
    expect(host.status(0).state).toBe('ready');
  });

  it('forgets failures once a request was answered', async () => {
    const { runners, outcomes, submit, settle } = setUp();
    for (let round = 0; round < 5; round += 1) {
      submit(`good${round}`);
      submit(`bad${round}`);
      runners[round]?.say({ type: 'loaded', model });
      await settle();
      runners[round]?.finish(`good${round}`);
      runners[round]?.die();
      await settle();
    }
    expect([...outcomes.values()].filter((outcome) => outcome === 'end')).toHaveLength(5);
    expect(runners).toHaveLength(5);
  });

  it('tells everybody who waits why a load failed', async () => {
    const { host, runners, outcomes, submit, settle } = setUp();
    submit('a');
    const loading = host.load();
    const error = { code: 'model_load_failed', message: 'A tensor is missing.' } as const;
    runners[0]?.say({ type: 'load-failed', error });
    await expect(loading).rejects.toThrow('A tensor is missing.');
    await settle();
    expect(outcomes.get('a')).toBe('model_load_failed');
    expect(host.status(0).state).toBe('failed');
  });

  it('lets running requests finish before it unloads', async () => {
    const { host, runners, outcomes, submit, settle } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    const unloading = host.unload(reason, false);
    expect(host.status(0).state).toBe('stopping');
    expect(outcomes.get('c')).toBe('cancelled');
    runners[0]?.finish('a');
    runners[0]?.finish('b');
    await unloading;
    expect(outcomes.get('a')).toBe('end');
    expect(host.status(0).state).toBe('stopped');
  });

  it('ends running requests when it unloads now', async () => {
    const { host, runners, outcomes, submit, settle } = setUp();
    submit('a');
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    await host.unload(reason, true);
    expect(outcomes.get('a')).toBe('cancelled');
  });

  it('starts anew for a request that came while it was unloading', async () => {
    const { host, runners, submit, settle } = setUp();
    submit('a');
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    const unloading = host.unload(reason, false);
    submit('late');
    runners[0]?.finish('a');
    await unloading;
    runners[1]?.say({ type: 'loaded', model });
    await settle();
    expect(runners[1]?.generated()).toEqual(['late']);
  });

  it('takes a cancelled request out of the line, and aborts one that runs', async () => {
    const { host, runners, submit, settle } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    host.cancel('c');
    host.cancel('a');
    expect(host.status(0).queued).toBe(0);
    expect(runners[0]?.commands.at(-1)).toEqual({ type: 'abort', requestId: 'a' });
  });
});
