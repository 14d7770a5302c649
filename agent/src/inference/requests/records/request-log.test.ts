import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  defaultAgentSettings,
  ImpetusError,
  listRequestsInput,
  type AgentSettings,
  type GenerationEvent,
  type RequestEvent,
} from '@impetus/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, type Connection } from '../../../db/connection.ts';
import { migrate } from '../../../db/migrate.ts';
import { EventBus } from '../../../events/bus.ts';
import type { Log } from '../../../log/types.ts';
import { Account } from '../account.ts';
import type { RequestFacts } from '../progress.ts';
import { facts } from '../testing/facts.ts';
import { StoredRequestLog } from './request-log.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const read: GenerationEvent = { kind: 'prefill', evaluated: 4, total: 10 };
const word = (text: string): GenerationEvent => ({ kind: 'delta', text, tokens: 1 });
const end: GenerationEvent = {
  kind: 'end',
  reason: 'stop',
  usage: { promptTokens: 10, cachedTokens: 4, completionTokens: 1 },
  timings: { prefillMs: 1.5, decodeMs: 2.5 },
};

let folder: string;
let connection: Connection;
let settings: AgentSettings;
let bus: EventBus;
let requests: StoredRequestLog;
let watching: AbortController;

const openLog = () => StoredRequestLog.open({ db: connection.db, bus, log, settings: () => settings });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'impetus-requests-'));
  connection = openDatabase(join(folder, 'test.db'));
  await migrate(connection, { backups: join(folder, 'backups') });
  settings = defaultAgentSettings;
  bus = new EventBus();
  watching = new AbortController();
  requests = await openLog();
});
afterEach(async () => {
  watching.abort();
  vi.useRealTimers();
  await requests[Symbol.asyncDispose]();
  await connection[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** A request that arrives now. */
function arrive(changes: Partial<RequestFacts> = {}, prompt: string | null = null): Account {
  return new Account({
    facts: facts({ id: randomUUIDv7(), startedAt: new Date().toISOString(), ...changes }),
    signal: new AbortController().signal,
    timeoutSeconds: () => null,
    prompt: prompt === null ? null : () => prompt,
    listener: requests,
  });
}

/** A request that is answered at once. */
function answer(changes: Partial<RequestFacts> = {}, prompt: string | null = null, text = 'Yes.'): string {
  const account = arrive(changes, prompt);
  for (const event of [read, word(text), end]) account.heard(event);
  return account.progress.facts.id;
}

/** Ids rise with the number, where those of one millisecond do not. */
const idAt = (n: number) => `019b76da-a800-7000-8000-${n.toString().padStart(12, '0')}`;

/** As many answers, each newer than the one before. */
const answers = (count: number) => Array.from({ length: count }, (_, n) => answer({ id: idAt(n) }));

const list = async (input: Partial<Parameters<typeof requests.list>[0]> = {}) => {
  const { records, next } = await requests.list(listRequestsInput.parse(input));
  return { ids: records.map(({ id }) => id), states: records.map(({ state }) => state), next, records };
};

const captured = async () => (await list({ limit: 200 })).records.filter((record) => record.captured);

describe('the list', () => {
  it('has those that run first, each part newest first', async () => {
    const slow = arrive();
    const [first = '', second = ''] = answers(2);
    const late = arrive();
    const { ids, states } = await list();
    expect(ids).toEqual([late.progress.facts.id, slow.progress.facts.id, second, first]);
    expect(states).toEqual(['queued', 'queued', 'done', 'done']);
  });

  it('gives a record back as it was', async () => {
    const account = arrive({ streamed: false, dialect: 'page', endpoint: 'chat' });
    account.heard(read);
    account.fail(new ImpetusError('context_length_exceeded', 'Too long.', { param: 'messages' }));
    const { records } = await list();
    expect(records).toEqual([account.record()]);
    expect(records[0]).toMatchObject({
      state: 'failed',
      streamed: false,
      dialect: 'page',
      readTokens: 4,
      error: { code: 'context_length_exceeded', message: 'Too long.', param: 'messages' },
    });
    expect(await requests.get(account.progress.facts.id)).toEqual({ record: records[0], text: null });
  });

  it('comes in pages that miss and repeat nothing', async () => {
    const ids = answers(7).toReversed();
    const first = await list({ limit: 3 });
    expect(first).toMatchObject({ ids: ids.slice(0, 3), next: ids[2] });
    arrive();
    const second = await list({ limit: 3, before: first.next ?? '' });
    expect(second).toMatchObject({ ids: ids.slice(3, 6), next: ids[5] });
    const third = await list({ limit: 3, before: second.next ?? '' });
    expect(third).toMatchObject({ ids: ids.slice(6), next: null });
  });

  it('has no further page when a page was just enough', async () => {
    answers(3);
    expect((await list({ limit: 3 })).next).toBeNull();
  });

  it('can be narrowed down', async () => {
    const other = arrive({ modelId: 'large', requesterId: 'phone' });
    const done = answer({ modelId: 'large' });
    const gone = arrive({ requesterId: 'phone' });
    gone.fail(new ImpetusError('cancelled', 'The client went away.'));
    const broken = arrive();
    broken.fail(new ImpetusError('runner_failed', 'It ended.'));
    const { id: otherId } = other.progress.facts;
    expect((await list({ modelId: 'large' })).ids).toEqual([otherId, done]);
    expect((await list({ requesterId: 'phone' })).ids).toEqual([otherId, gone.progress.facts.id]);
    expect((await list({ outcome: 'running' })).ids).toEqual([otherId]);
    expect((await list({ outcome: 'done' })).ids).toEqual([done]);
    expect((await list({ outcome: 'cancelled' })).ids).toEqual([gone.progress.facts.id]);
    expect((await list({ outcome: 'failed', modelId: 'small' })).ids).toEqual([broken.progress.facts.id]);
    expect((await list({ modelId: 'none' })).ids).toEqual([]);
  });

  it('refuses a page that is none, and knows no record that is none', async () => {
    await expect(list({ before: 'x' })).rejects.toMatchObject({ code: 'invalid_request', param: 'before' });
    await expect(requests.get(randomUUIDv7())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('has everything again after a restart, and ends what was under way', async () => {
    const running = arrive();
    const ids = answers(250);
    await requests[Symbol.asyncDispose]();
    expect(running.failure?.code).toBe('shutting_down');
    requests = await openLog();
    const found = await list({ limit: 200 });
    expect(found.ids).toEqual([running.progress.facts.id, ...ids.toReversed()].slice(0, 200));
    expect(found.states[0]).toBe('failed');
    expect((await list({ limit: 200, before: found.next ?? '' })).ids).toHaveLength(51);
  });

  it('counts those with a runner and those before one', () => {
    arrive();
    arrive().heard(read);
    answer();
    expect(requests.counts()).toEqual({ active: 1, queued: 1 });
  });
});

describe('a screen that watches', () => {
  async function hear(count: number, reader: AsyncIterator<RequestEvent>) {
    const events: RequestEvent[] = [];
    while (events.length < count) events.push((await reader.next()).value as RequestEvent);
    return events.map((event) => (event.type === 'changed' ? event.record : event));
  }
  const watch = () => requests.watch(watching.signal)[Symbol.asyncIterator]();

  it('hears of arrivals, changes and ends', async () => {
    const reader = watch();
    const arrival = hear(1, reader);
    const account = arrive();
    expect(await arrival).toMatchObject([{ state: 'queued' }]);
    account.heard(read);
    expect(await hear(1, reader)).toMatchObject([{ state: 'reading', readTokens: 4 }]);
    account.heard(word('a'));
    expect(await hear(1, reader)).toMatchObject([{ state: 'writing', completionTokens: 1 }]);
    account.heard(end);
    expect(await hear(1, reader)).toMatchObject([{ state: 'done' }]);
  });

  it('hears of progress now and then, and of none where there is none', async () => {
    vi.useFakeTimers();
    const reader = watch();
    const arrival = hear(1, reader);
    const account = arrive();
    account.heard(read);
    account.heard(word('a'));
    await arrival;
    let told = 0;
    const counting = (async () => {
      while ((await reader.next()).done !== true) told += 1;
    })();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toBe(1);
    for (let n = 0; n < 1_000; n += 1) {
      account.heard(word('a'));
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(told).toBe(5);
    watching.abort();
    await counting;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is old', () => {
  it('goes at the start, hourly, and when the owner wants less of it', async () => {
    const [oldest = '', older = '', old = ''] = [20, 15, 10].map((days) => {
      const startedAt = new Date(Date.now() - days * 24 * 60 * 60 * 1_000).toISOString();
      return answer({ startedAt, id: idAt(100 - days) });
    });
    expect((await list()).ids).toEqual([old, older, oldest]);
    await requests[Symbol.asyncDispose]();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    settings = { ...settings, recordMaxAgeDays: 18 };
    requests = await openLog();
    await vi.waitFor(async () => expect((await list()).ids).toEqual([old, older]));
    settings = { ...settings, recordMaxAgeDays: 12 };
    vi.advanceTimersByTime(60 * 60 * 1_000);
    await vi.waitFor(async () => expect((await list()).ids).toEqual([old]));
    const heard = requests.watch(watching.signal)[Symbol.asyncIterator]().next();
    settings = { ...settings, recordMaxAgeDays: 7 };
    bus.emit('agent-settings-changed', settings);
    expect((await heard).value).toEqual({ type: 'removed', ids: [old] });
    expect((await list()).ids).toEqual([]);
  });

  it('goes with its text, which may go before it', async () => {
    settings = { ...settings, captureText: true };
    const startedAt = new Date(Date.now() - 10 * 24 * 60 * 60 * 1_000).toISOString();
    const old = answer({ startedAt }, 'An old secret');
    const fresh = answer({}, 'A fresh secret');
    expect(await captured()).toHaveLength(2);
    bus.emit('agent-settings-changed', settings);
    await vi.waitFor(async () => expect((await captured()).map(({ id }) => id)).toEqual([fresh]));
    expect((await requests.get(old)).text).toBeNull();
    expect((await requests.get(fresh)).text?.prompt).toBe('A fresh secret');
  });
});

describe('the text of requests', () => {
  const secret = 'A quiet house by the sea';

  /** Whether any file of the database holds the text. */
  async function onDisk(text: string): Promise<boolean> {
    await list();
    return readdirSync(folder)
      .filter((name) => name.startsWith('test.db'))
      .some((name) => readFileSync(join(folder, name)).includes(text));
  }

  it('is kept with its record, and read while it is written', async () => {
    settings = { ...settings, captureText: true };
    const account = arrive({}, secret);
    for (const event of [read, word('Yes')]) account.heard(event);
    const { id } = account.progress.facts;
    const text = { prompt: secret, answer: 'Yes', cut: false };
    expect(await requests.get(id)).toMatchObject({ text, record: { captured: true } });
    account.heard(end);
    expect(await requests.get(id)).toMatchObject({ text, record: { captured: true, state: 'done' } });
    expect(await onDisk(secret)).toBe(true);
  });

  it('is not kept where the owner changed their mind meanwhile', async () => {
    settings = { ...settings, captureText: true };
    const account = arrive({}, secret);
    settings = { ...settings, captureText: false };
    for (const event of [read, word('Yes'), end]) account.heard(event);
    expect(await captured()).toEqual([]);
    expect(await onDisk(secret)).toBe(false);
  });

  it('takes no more room than it may; the oldest goes first', async () => {
    settings = { ...settings, captureText: true, captureMaxBytes: 1_000 };
    const text = ['p'.repeat(90), 'a'.repeat(10)] as const;
    const ids = Array.from({ length: 30 }, (_, n) => answer({ id: idAt(n) }, ...text));
    expect((await captured()).map(({ id }) => id)).toEqual(ids.slice(20).toReversed());
    await requests[Symbol.asyncDispose]();
    requests = await openLog();
    const latest = answer({}, 'p'.repeat(190), 'a'.repeat(10));
    expect((await captured()).map(({ id }) => id)).toEqual([latest, ...ids.slice(22).toReversed()]);
    settings = { ...settings, captureMaxBytes: 500 };
    bus.emit('agent-settings-changed', settings);
    await vi.waitFor(async () => expect(await captured()).toHaveLength(4));
  });

  it('that is forgotten is in no file of the database, whatever its size, and its record stays', async () => {
    const sizeOnDisk = (): number => readFileSync(join(folder, 'test.db')).length;
    await requests.forgetText();
    const before = sizeOnDisk();
    settings = { ...settings, captureText: true };
    for (let n = 0; n < 50; n += 1) {
      answer({}, `${secret} ${n} `.repeat(n * 40 + 1), 'An answer of the model');
      if (n % 10 === 0) await list();
    }
    expect(await onDisk(secret)).toBe(true);
    await requests.forgetText();
    expect(await onDisk(secret)).toBe(false);
    expect(await onDisk('An answer of the model')).toBe(false);
    expect(await captured()).toEqual([]);
    expect((await list()).ids).toHaveLength(50);
    // The texts took ten times as much.
    expect(sizeOnDisk()).toBeLessThan(before + 100_000);
  });

  it('of requests under way is forgotten too', async () => {
    settings = { ...settings, captureText: true };
    const account = arrive({}, secret);
    account.heard(read);
    answer({}, secret);
    await requests.forgetText();
    account.heard(end);
    expect(await captured()).toEqual([]);
    expect(await onDisk(secret)).toBe(false);
  });

  it('is not in the copy that a migration keeps', async () => {
    settings = { ...settings, captureText: true };
    const id = answer({}, secret);
    await list();
    const { migrations } = await import('../../../db/migrations/index.ts');
    const next = { ...migrations, '9999-next': { up: () => Promise.resolve() } };
    await migrate(connection, { backups: join(folder, 'backups'), migrations: next });
    const [copy = ''] = readdirSync(join(folder, 'backups'));
    const content = readFileSync(join(folder, 'backups', copy));
    expect([content.includes(id), content.includes(secret)]).toEqual([true, false]);
    expect(await onDisk(secret)).toBe(true);
  });
});

it('records wait for a disk that takes nothing, without their text', async () => {
  settings = { ...settings, captureText: true };
  const warned = vi.spyOn(log, 'warn');
  connection.sqlite.exec(
    "create trigger full before insert on requests begin select raise(fail, 'full'); end",
  );
  answer({}, 'A secret');
  answer();
  expect((await list()).ids).toEqual([]);
  expect(warned).toHaveBeenCalled();
  expect(JSON.stringify(warned.mock.calls)).not.toContain('A secret');
  connection.sqlite.exec('drop trigger full');
  expect((await list()).ids).toHaveLength(2);
  expect(await captured()).toEqual([]);
});
