import type { ImpetusError, LoadedModel, ModelEntry } from '@impetus/contracts';
import { expect, it } from 'vitest';
import type { Launch } from '../launches/launch.ts';
import type { Request } from '../queue/request.ts';
import { fakeRunners, settle, type FakeRunner } from '../runners/testing/fake-runner.ts';
import { ModelHost } from './model-host.ts';
import { Residents } from './residents.ts';

const model = { sequences: 2, contextSize: 512 } as LoadedModel;

/** Models `a`, `b` and `c` of 5 bytes each and a limit, as far as a test says nothing else. */
function setUp({ limitBytes = 10, bytes = 5 }: { limitBytes?: number; bytes?: number } = {}) {
  const { all: runners, spawn } = fakeRunners();
  const world = { limitBytes, now: 0, prepare: () => Promise.resolve() };
  const outcomes = new Map<string, string>();
  const residents: Residents = new Residents({
    hosts: () => Object.values(hosts),
    prepare: async () => {
      await world.prepare();
      const estimate = { weightsBytes: 0, kvBytes: 0, computeBytes: bytes, totalBytes: bytes };
      return {
        settings: { contextSize: 512 },
        estimate,
        smallest: null,
        promptCache: null,
      } as unknown as Launch;
    },
    budget: () => Promise.resolve({ limitBytes: world.limitBytes, source: 'setting', usedBytes: 0 }),
    countedBytes: (host) => host.launch?.estimate.totalBytes ?? 0,
    spawnFor: () => spawn,
    now: () => world.now,
  });
  const hosts = Object.fromEntries(
    ['a', 'b', 'c'].map((id) => {
      const host: ModelHost = new ModelHost({
        entry: () => ({ id, name: id.toUpperCase(), path: `/${id}.gguf` }) as ModelEntry,
        queueLength: () => 100,
        idleUnload: () => 'never',
        pinned: () => false,
        largestContext: () => 0,
        now: () => world.now,
        onChange: () => residents.touch(),
        onLoaded: () => {},
        onFailure: () => {},
      });
      return [id, host];
    }),
  ) as Record<'a' | 'b' | 'c', ModelHost>;
  const submit = (id: 'a' | 'b' | 'c', requestId: string) => {
    world.now += 1;
    const request: Request = {
      id: requestId,
      requesterId: 'one',
      arrivedAt: world.now,
      keepAlive: null,
      work: {
        type: 'generate',
        generation: { prompt: { kind: 'text', text: '' }, sampling: {}, maxTokens: 1, stop: [] },
      },
      onEvent: (event) => outcomes.set(requestId, event.kind),
      onQueued: () => {},
      onLoading: () => {},
      onFailure: (error: ImpetusError) => outcomes.set(requestId, error.code),
    };
    hosts[id].submit(request);
  };
  /** The runner of a model that lives. */
  const runnerOf = (id: string): FakeRunner | undefined =>
    runners.find((one) => !one.gone && one.heard('load')[0]?.modelPath === `/${id}.gguf`);
  const loaded = async (id: string) => {
    runnerOf(id)?.say({ type: 'loaded', model });
    await settle();
  };
  const finish = async (id: string, requestId: string) => {
    world.now += 1;
    runnerOf(id)?.finish(requestId);
    await settle();
  };
  return { residents, hosts, world, runners, outcomes, submit, runnerOf, loaded, finish };
}

it('starts what fits side by side', async () => {
  const { submit, runnerOf } = setUp();
  submit('a', 'a1');
  submit('b', 'b1');
  await settle();
  expect(runnerOf('a')).toBeDefined();
  expect(runnerOf('b')).toBeDefined();
});

it('evicts an idle model and starts the other once it is gone', async () => {
  const { hosts, submit, runnerOf, loaded, finish } = setUp({ limitBytes: 5 });
  submit('a', 'a1');
  await settle();
  await loaded('a');
  await finish('a', 'a1');
  submit('b', 'b1');
  await settle();
  expect(runnerOf('a')).toBeUndefined();
  expect(runnerOf('b')).toBeDefined();
  expect(hosts.a.status().state).toBe('stopped');
});

it('two models that never fit together take turns, each with what came before the other was wanted', async () => {
  const { hosts, submit, runnerOf, loaded, finish, outcomes } = setUp({ limitBytes: 5 });
  submit('a', 'a1');
  await settle();
  await loaded('a');
  submit('b', 'b1');
  await settle();
  submit('a', 'a2');
  submit('b', 'b2');
  expect(hosts.b.status()).toMatchObject({ state: 'waiting', waitsFor: ['A'] });
  await finish('a', 'a1');
  expect(runnerOf('a')).toBeUndefined();
  await loaded('b');
  expect(
    runnerOf('b')
      ?.heard('generate')
      .map(({ requestId }) => requestId),
  ).toEqual(['b1']);
  await finish('b', 'b1');
  await loaded('a');
  await finish('a', 'a2');
  await loaded('b');
  await finish('b', 'b2');
  expect([...outcomes]).toEqual(['a1', 'b1', 'a2', 'b2'].map((id) => [id, 'end']));
});

it('lets a model go on as before once nobody waits for it any more', async () => {
  const { hosts, submit, runnerOf, loaded } = setUp({ limitBytes: 5 });
  submit('a', 'a1');
  await settle();
  await loaded('a');
  submit('b', 'b1');
  await settle();
  submit('a', 'a2');
  expect(runnerOf('a')?.heard('generate')).toHaveLength(1);
  hosts.b.cancel('b1');
  await settle();
  expect(runnerOf('a')?.heard('generate')).toHaveLength(2);
});

it('refuses what cannot fit, and tells both numbers', async () => {
  const { hosts, submit, outcomes } = setUp({ limitBytes: 4_000_000, bytes: 5_000_000 });
  submit('a', 'a1');
  await settle();
  expect(outcomes.get('a1')).toBe('insufficient_memory');
  expect(hosts.a.status().error?.message).toMatch(/needs 5 MB, and the limit for all models is 4 MB/u);
});

it('tells why a model cannot be prepared, and tries again when it is wanted again', async () => {
  const { submit, world, outcomes, runnerOf } = setUp();
  world.prepare = () => Promise.reject(new Error('inside'));
  submit('a', 'a1');
  await settle();
  expect(outcomes.get('a1')).toBe('internal');
  world.prepare = () => Promise.resolve();
  submit('a', 'a2');
  await settle();
  expect(runnerOf('a')).toBeDefined();
});

it('forgets a model that is wanted no more while it was being prepared', async () => {
  const { hosts, submit, world, runners } = setUp();
  const gate = Promise.withResolvers<void>();
  world.prepare = () => gate.promise;
  submit('a', 'a1');
  await settle();
  hosts.a.cancel('a1');
  gate.resolve();
  await settle();
  expect(runners).toHaveLength(0);
});

it('works a waiting model out anew when settings change', async () => {
  const { residents, hosts, submit, world, loaded } = setUp({ limitBytes: 5 });
  let prepared = 0;
  world.prepare = () => Promise.resolve(void (prepared += 1));
  submit('a', 'a1');
  await settle();
  await loaded('a');
  submit('b', 'b1');
  await settle();
  expect(prepared).toBe(2);
  world.limitBytes = 10;
  residents.reconsider();
  await settle();
  expect(prepared).toBe(3);
  expect(hosts.b.situation.phase).toBe('loading');
});

it('starts nothing once it is closed', async () => {
  const { residents, submit, runners } = setUp();
  residents.close();
  submit('a', 'a1');
  await settle();
  expect(runners).toHaveLength(0);
});
