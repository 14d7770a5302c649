import { ImpetusError, type GenerationEvent } from '@impetus/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { admit, arrived, note, noteEmbedded, noteFailure, toRecord, type Progress } from './progress.ts';
import { facts } from './testing/facts.ts';

const end: GenerationEvent = {
  kind: 'end',
  reason: 'length',
  usage: { promptTokens: 100, cachedTokens: 40, completionTokens: 3 },
  timings: { prefillMs: 61.24, decodeMs: 30.06 },
};
const word: GenerationEvent = { kind: 'delta', text: 'a', tokens: 1 };
const read = (evaluated: number): GenerationEvent => ({ kind: 'prefill', evaluated, total: 100 });

let progress: Progress;
let now: number;
beforeEach(() => {
  progress = arrived(facts());
  now = 0;
});

/** Hears an event at a moment and answers whether the state changed. */
function hear(at: number, event: GenerationEvent): boolean {
  now = at;
  return note(progress, event, () => now);
}
const record = (at = now) => toRecord(progress, at, false);

describe('a generation', () => {
  it('goes from the queue through the load and the prompt to its answer', () => {
    expect(record()).toMatchObject({ state: 'queued', queuePosition: null, queueMs: null, endedAt: null });
    expect(hear(5, { kind: 'queued', position: 2 })).toBe(false);
    expect(record()).toMatchObject({ state: 'queued', queuePosition: 2 });
    expect(hear(10, { kind: 'loading', progress: 0 })).toBe(true);
    expect(hear(20, { kind: 'loading', progress: 0.5 })).toBe(false);
    expect(record()).toMatchObject({ state: 'loading', queuePosition: null, loadMs: null });
    expect(hear(110, { kind: 'queued', position: 1 })).toBe(true);
    expect(hear(150, read(40))).toBe(true);
    expect(record()).toMatchObject({ state: 'reading', queuePosition: null, queueMs: 150, loadMs: 100 });
    expect(record()).toMatchObject({ promptTokens: 100, cachedTokens: 40, readTokens: 40 });
    expect(hear(180, read(90))).toBe(false);
    expect(record()).toMatchObject({ cachedTokens: 40, readTokens: 90, prefillMs: 30, decodeMs: null });
    expect(hear(200, word)).toBe(true);
    expect(hear(210, word)).toBe(false);
    expect(record(230)).toMatchObject({
      state: 'writing',
      completionTokens: 2,
      prefillMs: 50,
      decodeMs: 30,
    });
    expect(hear(240, end)).toBe(true);
    expect(record(9_999)).toEqual({
      ...facts(),
      endedAt: '2026-01-01T00:00:00.240Z',
      state: 'done',
      queuePosition: null,
      queueMs: 150,
      loadMs: 100,
      promptTokens: 100,
      cachedTokens: 40,
      readTokens: 100,
      prefillMs: 61.2,
      completionTokens: 3,
      decodeMs: 30.1,
      finishReason: 'length',
      error: null,
      captured: false,
    });
  });

  it('that no load held up has none', () => {
    hear(3, read(0));
    hear(4, end);
    expect(record()).toMatchObject({ state: 'done', queueMs: 3, loadMs: null });
  });

  it('adds up the loads that it waited for', () => {
    hear(0, { kind: 'loading', progress: 0 });
    hear(10, { kind: 'queued', position: 1 });
    hear(20, { kind: 'loading', progress: 0 });
    hear(50, read(0));
    expect(record()).toMatchObject({ queueMs: 50, loadMs: 40 });
  });

  it('that fails keeps how far it came and why it ended', () => {
    hear(10, read(20));
    hear(30, word);
    noteFailure(progress, new ImpetusError('timeout', 'Too long.'), 70);
    expect(record()).toMatchObject({
      state: 'failed',
      error: { code: 'timeout', message: 'Too long.' },
      queueMs: 10,
      prefillMs: 20,
      decodeMs: 40,
      completionTokens: 1,
      finishReason: null,
    });
  });

  it('that ends in the queue has waited until then', () => {
    hear(5, { kind: 'loading', progress: null });
    noteFailure(progress, new ImpetusError('cancelled', 'The client went away.'), 25);
    expect(record()).toMatchObject({ state: 'cancelled', queueMs: 25, loadMs: 20, prefillMs: null });
  });
});

it('an embedding is read and done', () => {
  expect(admit(progress, 12)).toBe(true);
  expect(noteEmbedded(progress, 7, 20)).toBe(true);
  expect(record()).toMatchObject({
    state: 'done',
    queueMs: 12,
    promptTokens: 7,
    readTokens: 7,
    prefillMs: 8,
    completionTokens: 0,
    decodeMs: null,
  });
});
