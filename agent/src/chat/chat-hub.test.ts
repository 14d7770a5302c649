import type { ChatEvent, GenerationEvent } from '@impetus/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EventBus } from '../events/bus.ts';
import type { Inference } from '../inference/types.ts';
import type { Log } from '../log/types.ts';
import { ChatHub } from './chat-hub.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const requester = {
  kind: 'session' as const,
  id: 'r',
  name: 'Requester',
  userId: 'u',
  deviceId: 'r',
  sessionId: 's',
  grantId: null,
};
const question = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }], sampling: {} };
const signal = new AbortController().signal;
const word: GenerationEvent = { kind: 'delta', text: 'word', tokens: 1 };

let signals: AbortSignal[];
let bus: EventBus;
let hub: ChatHub;

/** Says one word, then nothing until it is aborted. */
async function* sayOneWord(request: { signal: AbortSignal }): AsyncGenerator<GenerationEvent> {
  signals.push(request.signal);
  yield word;
  await new Promise((_, reject) => {
    if (request.signal.aborted) reject(new Error('aborted'));
    request.signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  signals = [];
  const inference = { generate: sayOneWord } as unknown as Inference;
  bus = new EventBus();
  hub = new ChatHub({ bus, inference, log, unwatchedMs: 60_000, keptMs: 300_000, keptCount: 2 });
});
afterEach(async () => {
  await hub[Symbol.asyncDispose]();
  vi.useRealTimers();
});

async function read(id: string): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const { event } of hub.watch(id, undefined, signal)) events.push(event);
  return events;
}

it('ends an answer that nobody watches for a minute', async () => {
  const id = hub.start(question, requester);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(signals[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  expect(signals[0]?.aborted).toBe(true);
  expect(await read(id)).toEqual([word, { kind: 'stopped' }]);
});

it('does not while somebody watches, and counts anew when the last one leaves', async () => {
  const id = hub.start(question, requester);
  const watcher = hub.watch(id, undefined, signal)[Symbol.asyncIterator]();
  await watcher.next();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(signals[0]?.aborted).toBe(false);
  await watcher.return?.(undefined);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(signals[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  expect(signals[0]?.aborted).toBe(true);
});

it('keeps what has ended for five minutes, and the last few alone', async () => {
  const ids = [1, 2, 3].map(() => hub.start(question, requester));
  for (const id of ids) {
    hub.stop(id);
    await vi.advanceTimersByTimeAsync(0);
  }
  const [first = '', second = '', third = ''] = ids;
  expect(() => hub.watch(first, undefined, signal)).toThrow('no longer kept');
  expect(await read(second)).toEqual([word, { kind: 'stopped' }]);
  await vi.advanceTimersByTimeAsync(301_000);
  expect(() => hub.watch(third, undefined, signal)).toThrow('no longer kept');
});

it('ends everything with an error when the agent stops, and starts nothing more', async () => {
  const reading = read(hub.start(question, requester));
  await vi.advanceTimersByTimeAsync(0);
  await hub[Symbol.asyncDispose]();
  expect((await reading).at(-1)).toMatchObject({ kind: 'error', error: { code: 'shutting_down' } });
  expect(() => hub.start(question, requester)).toThrow('stopping');
});

it('ends the answers of whoever is let in no longer, and tells why', async () => {
  const id = hub.start(question, requester);
  const other = hub.start(question, { ...requester, id: 'o', deviceId: 'o', sessionId: 't' });
  await vi.advanceTimersByTimeAsync(0);
  bus.emit('access-ended', { of: 'device', id: 'r', message: 'The device was revoked.' });
  expect(await read(id)).toEqual([
    word,
    { kind: 'error', error: { code: 'unauthorized', message: 'The device was revoked.' } },
  ]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  hub.stop(other);
});
