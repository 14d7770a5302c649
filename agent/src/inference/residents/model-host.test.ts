import { ImpetusError, type IdleUnload, type LoadedModel, type ModelEntry } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import type { Launch } from '../launches/launch.ts';
import { fakeRunners, settle, type FakeRunner } from '../runners/testing/fake-runner.ts';
import { ModelHost } from './model-host.ts';
import type { Request } from '../queue/request.ts';

const entry = { id: 'm', name: 'Model', path: '/m.gguf' } as ModelEntry;
const model = { sequences: 2, contextSize: 512 } as LoadedModel;
const launch = { settings: {}, estimate: { totalBytes: 100 } } as unknown as Launch;

interface Choices {
  readonly pinned?: boolean;
  readonly idleUnload?: IdleUnload;
  readonly queueLength?: number;
  readonly largestContext?: number;
  /** Whether it gets a runner whenever it wants one. */
  readonly room?: boolean;
}

function setUp({
  pinned = false,
  idleUnload = 'never',
  queueLength = 256,
  largestContext = 0,
  room = true,
}: Choices = {}) {
  const { all: runners, spawn } = fakeRunners();
  const clock = { now: 0 };
  const host: ModelHost = new ModelHost({
    entry: () => entry,
    queueLength: () => queueLength,
    idleUnload: () => idleUnload,
    pinned: () => pinned,
    largestContext: () => largestContext,
    now: () => clock.now,
    onChange: () => {
      if (room && host.situation.wantedSince !== null) host.start(launch, spawn);
    },
    onLoaded: () => {},
    onFailure: () => {},
  });
  const outcomes = new Map<string, string>();
  const waits: string[] = [];
  const submit = (
    id: string,
    requesterId = 'one',
    keepAlive: IdleUnload | null = null,
    contextSize?: number,
  ) => {
    const request: Request = {
      id,
      requesterId,
      arrivedAt: clock.now,
      keepAlive,
      contextSize,
      work: {
        type: 'generate',
        generation: { prompt: { kind: 'text', text: '' }, sampling: {}, maxTokens: 1, stop: [] },
      },
      onEvent: (event) => outcomes.set(id, event.kind),
      onQueued: (position) => waits.push(`${id} ${position}`),
      onLoading: (progress) => waits.push(`${id} loading ${progress}`),
      onFailure: (error: ImpetusError) => outcomes.set(id, error.code),
    };
    host.submit(request);
  };
  /** Brings the model up, if need be for a request. */
  const bringUp = async () => {
    const loading = host.load();
    runners.at(-1)?.say({ type: 'loaded', model });
    await loading;
    await settle();
  };
  return { host, runners, clock, outcomes, waits, submit, bringUp };
}

const reason = new ImpetusError('cancelled', 'Unloaded.');

const generatedBy = (runner: FakeRunner | undefined) =>
  runner?.heard('generate').map(({ requestId }) => requestId);

describe('ModelHost', () => {
  it('starts a runner for the first request and hands out as many as there are sequences', async () => {
    const { host, runners, submit, waits } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    expect(runners).toHaveLength(1);
    runners[0]?.say({ type: 'loaded', model });
    await host.load();
    expect(generatedBy(runners[0])).toEqual(['a', 'b']);
    expect(waits).toContain('c 1');
    runners[0]?.finish('a');
    expect(generatedBy(runners[0])).toEqual(['a', 'b', 'c']);
  });

  it('gives an idle runner up for one with a larger context, once for each step', async () => {
    const { host, runners, outcomes, submit, bringUp } = setUp({ largestContext: 8_192 });
    await bringUp();
    submit('small', 'one', null, 400);
    expect(generatedBy(runners[0])).toEqual(['small']);
    submit('beside', 'one', null, 600);
    expect(generatedBy(runners[0])).toEqual(['small', 'beside']);
    runners[0]?.finish('small');
    runners[0]?.finish('beside');

    submit('large', 'one', null, 600);
    await settle();
    expect(runners).toHaveLength(2);
    expect(host.contextWish).toBe(1_024);
    // There was no room for more than before: the next one does not ask for it again.
    runners[1]?.say({ type: 'loaded', model });
    await settle();
    runners[1]?.finish('large');
    submit('larger', 'one', null, 900);
    expect(generatedBy(runners[1])).toEqual(['large', 'larger']);
    expect(outcomes.get('large')).toBe('end');
  });

  it('keeps the context that somebody chose', async () => {
    const { host, runners, submit, bringUp } = setUp();
    await bringUp();
    submit('large', 'one', null, 100_000);
    expect(generatedBy(runners[0])).toEqual(['large']);
    expect(host.contextWish).toBe(0);
  });

  it('ends only the running requests with a runner that dies, and gives those who wait a new one', async () => {
    const { runners, outcomes, submit } = setUp();
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
    const { host, runners, outcomes, submit } = setUp();
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
    expect(host.status()).toMatchObject({ state: 'failed', error: { code: 'runner_failed' } });
    const loading = host.load();
    runners[3]?.say({ type: 'loaded', model });
    await loading;
    expect(host.status().state).toBe('ready');
  });

  it('forgets failures once a request was answered', async () => {
    const { runners, outcomes, submit } = setUp();
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
    const { host, runners, outcomes, submit } = setUp();
    submit('a');
    const loading = host.load();
    const error = { code: 'model_load_failed', message: 'A tensor is missing.' } as const;
    runners[0]?.say({ type: 'load-failed', error });
    await expect(loading).rejects.toThrow('A tensor is missing.');
    await settle();
    expect(outcomes.get('a')).toBe('model_load_failed');
    expect(host.status().state).toBe('failed');
  });

  it('lets running requests finish before it unloads', async () => {
    const { host, runners, outcomes, submit } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    const unloading = host.unload(reason, false);
    expect(host.status().state).toBe('stopping');
    expect(outcomes.get('c')).toBe('cancelled');
    runners[0]?.finish('a');
    runners[0]?.finish('b');
    await unloading;
    expect(outcomes.get('a')).toBe('end');
    expect(host.status().state).toBe('stopped');
  });

  it('ends running requests when it unloads now', async () => {
    const { host, runners, outcomes, submit } = setUp();
    submit('a');
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    await host.unload(reason, true);
    expect(outcomes.get('a')).toBe('cancelled');
  });

  it('starts anew for a request that came while it was unloading', async () => {
    const { host, runners, submit } = setUp();
    submit('a');
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    const unloading = host.unload(reason, false);
    submit('late');
    runners[0]?.finish('a');
    await unloading;
    runners[1]?.say({ type: 'loaded', model });
    await settle();
    expect(generatedBy(runners[1])).toEqual(['late']);
  });

  it('takes a cancelled request out of the line, and aborts one that runs', async () => {
    const { host, runners, submit } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    runners[0]?.say({ type: 'loaded', model });
    await settle();
    host.cancel('c');
    host.cancel('a');
    expect(host.status().queued).toBe(0);
    expect(runners[0]?.commands.at(-1)).toEqual({ type: 'abort', requestId: 'a' });
  });

  it('lets requesters take turns', async () => {
    const { runners, submit, bringUp } = setUp();
    for (const id of ['a1', 'a2', 'a3', 'a4']) submit(id, 'a');
    submit('b1', 'b');
    await bringUp();
    expect(generatedBy(runners[0])).toEqual(['a1', 'b1']);
  });

  it('refuses a request too many, and says how many wait', () => {
    const { outcomes, submit } = setUp({ queueLength: 2 });
    for (const id of ['a', 'b', 'c']) submit(id);
    expect([...outcomes]).toEqual([['c', 'queue_full']]);
  });

  it('ends what runs and what waits when its owner stops generation, and stays loaded', async () => {
    const { host, runners, outcomes, submit, bringUp } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    await bringUp();
    expect(host.stopRequests(reason)).toBe(3);
    expect([...outcomes.values()]).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(runners[0]?.commands.filter(({ type }) => type === 'abort')).toHaveLength(2);
    expect(host.status()).toMatchObject({ state: 'ready', queued: 0 });
  });
});

describe('a model without room', () => {
  it('says whom it waits for, and its requests hear their place', async () => {
    const { host, waits, submit } = setUp({ room: false });
    submit('a');
    expect(host.status()).toMatchObject({ state: 'starting', waitsFor: [] });
    host.waitFor(['Other']);
    expect(host.status()).toMatchObject({ state: 'waiting', waitsFor: ['Other'] });
    expect(waits.at(-1)).toBe('a 1');
  });

  it('is wanted since its oldest request came, until nobody wants it', () => {
    const { host, clock, submit } = setUp({ room: false });
    for (const [at, id] of ['a', 'b'].entries()) {
      clock.now = at;
      submit(id);
    }
    expect(host.situation.wantedSince).toBe(0);
    host.cancel('a');
    expect(host.situation.wantedSince).toBe(1);
    host.cancel('b');
    expect(host.situation.wantedSince).toBeNull();
    expect(host.status().state).toBe('stopped');
  });

  it('tells everybody why it is refused, and may be wanted again', async () => {
    const { host, outcomes, submit } = setUp({ room: false });
    submit('a');
    const loading = host.load();
    host.refuse(new ImpetusError('insufficient_memory', 'Too large.'));
    await expect(loading).rejects.toThrow('Too large.');
    expect(outcomes.get('a')).toBe('insufficient_memory');
    expect(host.status()).toMatchObject({ state: 'failed', error: { code: 'insufficient_memory' } });
    submit('b');
    expect(host.situation.wantedSince).not.toBeNull();
  });

  it('is wanted no more once its owner unloads it', async () => {
    const { host, outcomes, submit } = setUp({ room: false });
    submit('a');
    const loading = host.load();
    const failed = expect(loading).rejects.toThrow('Unloaded.');
    await host.unload(reason, false);
    await failed;
    expect(outcomes.get('a')).toBe('cancelled');
    expect(host.situation.wantedSince).toBeNull();
  });
});

describe('a model that another one waits for', () => {
  it('takes what came before, and lets what comes later wait for its next turn', async () => {
    const { host, runners, clock, submit, bringUp } = setUp();
    for (const id of ['a', 'b', 'c']) submit(id);
    await bringUp();
    host.yieldSince(5);
    clock.now = 9;
    submit('late');
    for (const id of ['a', 'b', 'c']) runners[0]?.finish(id);
    expect(generatedBy(runners[0])).toEqual(['a', 'b', 'c']);
    expect(host.situation).toMatchObject({ phase: 'ready', active: false });
    host.yieldSince(null);
    expect(generatedBy(runners[0])).toEqual(['a', 'b', 'c', 'late']);
  });

  it('keeps those who wait when it is evicted', async () => {
    const { host, runners, outcomes, clock, submit, bringUp } = setUp();
    await bringUp();
    host.yieldSince(5);
    clock.now = 9;
    submit('late');
    host.evict();
    await settle();
    expect(outcomes.size).toBe(0);
    runners[1]?.say({ type: 'loaded', model });
    await settle();
    expect(generatedBy(runners[1])).toEqual(['late']);
  });
});

describe('an idle model', () => {
  const minuteMs = 60_000;

  it('is due some minutes after its last request ended', async () => {
    const { host, runners, clock, submit, bringUp } = setUp({ idleUnload: 5 });
    submit('a');
    await bringUp();
    expect(host.unloadDueAt).toBeNull();
    clock.now = 1_000;
    runners[0]?.finish('a');
    expect(host.unloadDueAt).toBe(1_000 + 5 * minuteMs);
    expect(host.status().unloadsAt).not.toBeNull();
  });

  it('follows the last request that said something else, until the next one', async () => {
    const { host, runners, submit, bringUp } = setUp({ idleUnload: 5 });
    submit('a', 'one', 0);
    await bringUp();
    runners[0]?.finish('a');
    expect(host.unloadDueAt).toBe(0);
    submit('b');
    runners[0]?.finish('b');
    expect(host.unloadDueAt).toBe(5 * minuteMs);
  });

  it('is never due where it is pinned', async () => {
    const { host, runners, submit, bringUp } = setUp({ idleUnload: 0, pinned: true });
    submit('a');
    await bringUp();
    runners[0]?.finish('a');
    expect(host.unloadDueAt).toBeNull();
  });
});
