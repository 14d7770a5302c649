import {
  ImpetusError,
  type Generation,
  type GenerationEvent,
  type RequestRecord,
  type RequestState,
} from '@impetus/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Inference, InferenceRequest } from '../types.ts';
import type { Account } from './account.ts';
import { accountFor } from './account-for.ts';
import { RequestLimiter } from './limits/request-limiter.ts';
import { scriptedInference, type Script } from './testing/scripted-inference.ts';

const read: GenerationEvent = { kind: 'prefill', evaluated: 10, total: 10 };
const word = (text: string): GenerationEvent => ({ kind: 'delta', text, tokens: 1 });
const end: GenerationEvent = {
  kind: 'end',
  reason: 'stop',
  usage: { promptTokens: 10, cachedTokens: 0, completionTokens: 2 },
  timings: { prefillMs: 1, decodeMs: 1 },
};
const cancelled = expect.objectContaining({ code: 'cancelled' });

let settings: { captureText: boolean; requestTimeoutSeconds: number | null };
let concurrency: number | null;
let client: AbortController;
let states: RequestState[];
let accounts: Account[];
let ended: RequestRecord[];
let inference: Inference;
let scripts: readonly Script[];

function putOnAccount(embed?: Inference['embed'], generate?: Inference['generate']): void {
  const scripted = scriptedInference(embed, generate);
  scripts = scripted.scripts;
  inference = accountFor(scripted.inference, {
    limiter: new RequestLimiter({ limitsOf: () => ({ concurrency, requestsPerMinute: null }) }),
    settings: () => settings,
    modelIdOf: (name) => (name === 'alias' ? 'small' : undefined),
    listener: {
      opened(opened) {
        accounts.push(opened);
        states.push(opened.progress.state);
      },
      changed: ({ progress }) => states.push(progress.state),
      ended: (account) => ended.push(account.record()),
    },
  });
}

beforeEach(() => {
  settings = { captureText: false, requestTimeoutSeconds: null };
  concurrency = null;
  client = new AbortController();
  states = [];
  accounts = [];
  ended = [];
  putOnAccount();
});
afterEach(() => vi.useRealTimers());

const generation: Generation = {
  prompt: { kind: 'text', text: 'Once' },
  sampling: {},
  maxTokens: null,
  stop: [],
};

function request<T>(input: T, modelId = 'alias'): InferenceRequest<T> {
  return {
    modelId,
    requester: { id: 'laptop', name: 'Laptop' },
    origin: { dialect: 'openai', endpoint: '/v1/completions', streamed: true },
    input,
    signal: client.signal,
  };
}

const open = (modelId?: string) => inference.generate(request(generation, modelId))[Symbol.asyncIterator]();

function script(index = 0): Script {
  const found = scripts[index];
  if (found === undefined) throw new Error('No answer was asked for.');
  return found;
}

describe('an answer', () => {
  it('passes unchanged, and its states are told in order', async () => {
    const events = [{ kind: 'queued', position: 1 }, read, word('a'), word('b'), end] as const;
    const answer = Array.fromAsync(inference.generate(request(generation)));
    script().tell(...events);
    expect(await answer).toEqual(events);
    expect(states).toEqual(['queued', 'reading', 'writing']);
    expect(ended).toEqual([
      expect.objectContaining({
        state: 'done',
        requesterId: 'laptop',
        requesterName: 'Laptop',
        modelId: 'small',
        dialect: 'openai',
        endpoint: '/v1/completions',
        streamed: true,
        kind: 'generation',
        promptTokens: 10,
        completionTokens: 2,
        finishReason: 'stop',
        captured: false,
      }),
    ]);
    expect(script().request.signal.aborted).toBe(false);
  });

  it('of a model that there is not is recorded under the name that was asked for, if that is short', async () => {
    const answer = open('x'.repeat(5_000)).next();
    script().fail(new ImpetusError('model_not_found', 'No such model.'));
    await expect(answer).rejects.toMatchObject({ code: 'model_not_found' });
    expect(ended[0]).toMatchObject({ state: 'failed', modelId: 'x'.repeat(200) });
    expect(ended[0]?.error).toEqual({ code: 'model_not_found', message: 'No such model.' });
  });

  it('that breaks shows nothing of the inside', async () => {
    const answer = open().next();
    script().fail(new TypeError('secret inside'));
    await expect(answer).rejects.toMatchObject({ code: 'internal' });
    expect(JSON.stringify(ended)).not.toContain('secret inside');
  });

  it('that ends without an end fails', async () => {
    putOnAccount(undefined, async function* () {});
    await expect(open().next()).rejects.toMatchObject({ code: 'internal' });
    expect(ended[0]).toMatchObject({ state: 'failed' });
  });
});

describe('a client that goes away', () => {
  it('before it asked for anything leaves nothing', async () => {
    const answer = open();
    await answer.return?.();
    expect(await answer.next()).toEqual({ done: true, value: undefined });
    expect([accounts, scripts]).toEqual([[], []]);
  });

  it('before its request began never has it run', async () => {
    client.abort();
    await expect(open().next()).rejects.toEqual(cancelled);
    expect(scripts).toEqual([]);
    expect(ended[0]).toMatchObject({ state: 'cancelled' });
  });

  it('while it waits ends the request at once', async () => {
    const answer = open().next();
    client.abort();
    expect(ended[0]).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
    await expect(answer).rejects.toEqual(cancelled);
    expect(script().closed).toBe(true);
  });

  it('while nobody reads ends the request at once, and the reader hears of it', async () => {
    const answer = open();
    const first = answer.next();
    script().tell(read, word('a'), end);
    await first;
    client.abort();
    expect(ended[0]).toMatchObject({ state: 'cancelled' });
    expect(script().request.signal.aborted).toBe(true);
    await expect(answer.next()).rejects.toEqual(cancelled);
    expect(script().closed).toBe(true);
    expect(await answer.next()).toEqual({ done: true, value: undefined });
  });

  it('after the end changes nothing', async () => {
    const answer = Array.fromAsync(inference.generate(request(generation)));
    script().tell(read, end);
    await answer;
    client.abort();
    expect(ended).toEqual([expect.objectContaining({ state: 'done' })]);
    expect(script().request.signal.aborted).toBe(false);
  });

  it('may say why', async () => {
    const answer = open().next();
    client.abort(new ImpetusError('shutting_down', 'The agent is stopping.'));
    await expect(answer).rejects.toMatchObject({ code: 'shutting_down' });
    expect(ended[0]).toMatchObject({ state: 'failed', error: { code: 'shutting_down' } });
  });
});

it('a reader that stops in the middle ends the request and lets go of the answer', async () => {
  const answer = open();
  const first = answer.next();
  script().tell(read, word('a'));
  await first;
  await answer.return?.();
  expect(ended[0]).toMatchObject({ state: 'cancelled' });
  expect([script().closed, script().request.signal.aborted]).toEqual([true, true]);
});

describe('the places of a requester', () => {
  beforeEach(() => {
    concurrency = 1;
  });

  const refused = { code: 'rate_limited', retryAfterSeconds: 1 };

  it('are held while a request runs or waits, and a refusal is on record', async () => {
    const first = open();
    const pending = first.next();
    await expect(open().next()).rejects.toMatchObject(refused);
    expect(ended[0]).toMatchObject({ state: 'failed', error: { code: 'rate_limited' } });
    expect(scripts).toHaveLength(1);
    script().tell(read, end);
    await pending;
    await first.next();
    void open().next();
    expect(scripts).toHaveLength(2);
  });

  it.each([
    ['an error', async () => script().fail(new ImpetusError('runner_failed', 'It ended.'))],
    ['a client that leaves', async () => client.abort()],
  ])('are free after %s', async (_, stop) => {
    const pending = open().next();
    await stop();
    await expect(pending).rejects.toThrow();
    client = new AbortController();
    void open().next();
    expect(scripts).toHaveLength(2);
  });

  it('are free after a reader that stops, and after one that is merely there', async () => {
    open();
    const answer = open();
    const first = answer.next();
    script().tell(read);
    await first;
    await answer.return?.();
    void open().next();
    expect(scripts).toHaveLength(2);
  });

  it('are taken by embeddings too', async () => {
    const pending = Promise.withResolvers<never>();
    putOnAccount(() => pending.promise);
    const embedding = inference.embed(request(['a']));
    await expect(open().next()).rejects.toMatchObject(refused);
    pending.reject(new ImpetusError('runner_failed', 'It ended.'));
    await expect(embedding).rejects.toMatchObject({ code: 'runner_failed' });
    void open().next();
    expect(scripts).toHaveLength(1);
  });
});

describe('the time that a request may take', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    settings.requestTimeoutSeconds = 30;
  });

  const timeout = expect.objectContaining({
    code: 'timeout',
    message: expect.stringContaining('took longer than 30 seconds'),
  });

  it('counts from the moment that a runner takes it', async () => {
    const answer = open();
    const first = answer.next();
    script().tell({ kind: 'queued', position: 1 });
    await first;
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(ended).toEqual([]);
    script().tell(read);
    await answer.next();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(ended).toEqual([]);
    const next = expect(answer.next()).rejects.toEqual(timeout);
    await vi.advanceTimersByTimeAsync(1_000);
    await next;
    expect(ended[0]).toMatchObject({ state: 'failed', error: { code: 'timeout' } });
    expect([script().closed, script().request.signal.aborted]).toEqual([true, true]);
  });

  it('is not begun anew by what follows, and has no say after the end', async () => {
    const answer = Array.fromAsync(inference.generate(request(generation)));
    script().tell(read);
    await vi.advanceTimersByTimeAsync(20_000);
    script().tell(word('a'));
    await vi.advanceTimersByTimeAsync(9_000);
    script().tell(end);
    await answer;
    expect(vi.getTimerCount()).toBe(0);
    expect(ended).toEqual([expect.objectContaining({ state: 'done' })]);
  });

  it('ends an answer that nobody reads', async () => {
    const answer = open();
    const first = answer.next();
    script().tell(read, word('a'));
    await first;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(ended[0]).toMatchObject({ error: { code: 'timeout' } });
    await expect(answer.next()).rejects.toEqual(timeout);
  });

  it('counts for embeddings from there too', async () => {
    const admitted = Promise.withResolvers<() => void>();
    putOnAccount(({ onAdmitted, signal }) => {
      admitted.resolve(onAdmitted ?? (() => {}));
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new ImpetusError('cancelled', 'Aborted.')));
      });
    });
    const embedding = expect(inference.embed(request(['a']))).rejects.toEqual(timeout);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(ended).toEqual([]);
    (await admitted.promise)();
    await vi.advanceTimersByTimeAsync(30_000);
    await embedding;
    expect(ended[0]).toMatchObject({ kind: 'embedding', state: 'failed', error: { code: 'timeout' } });
  });
});

it('an embedding is recorded', async () => {
  putOnAccount(({ onAdmitted }) => {
    onAdmitted?.();
    return Promise.resolve({ vectors: [[1]], promptTokens: 5 });
  });
  expect(await inference.embed(request(['a', 'b']))).toEqual({ vectors: [[1]], promptTokens: 5 });
  expect(states).toEqual(['queued', 'reading']);
  expect(ended[0]).toMatchObject({ state: 'done', kind: 'embedding', promptTokens: 5, completionTokens: 0 });
});

describe('the text of a request', () => {
  async function answered(): Promise<Account> {
    const answer = Array.fromAsync(inference.generate(request(generation)));
    script().tell(read, word(' upon'), word(' a time'), end);
    await answer;
    return accounts[0] as Account;
  }

  it('is not kept unless it is to be', async () => {
    expect((await answered()).text()).toBeNull();
  });

  it('is what was asked and answered', async () => {
    settings.captureText = true;
    expect((await answered()).text()).toEqual({ prompt: 'Once', answer: ' upon a time', cut: false });
    expect(ended[0]?.captured).toBe(true);
  });

  it('can be forgotten in the middle', async () => {
    settings.captureText = true;
    const answer = open();
    const first = answer.next();
    script().tell(read, word(' upon'), end);
    await first;
    accounts[0]?.forgetText();
    await answer.next();
    await answer.next();
    expect(accounts[0]?.text()).toBeNull();
    expect(ended[0]?.captured).toBe(false);
  });
});
