import { describe, expect, test } from 'vitest';
import { readingSpeed, timelineOf, tookMs, writingSpeed } from './request-timeline.ts';

describe('the timeline', () => {
  test('takes the load out of the wait, and shares out what is left', () => {
    const stretches = timelineOf({ queueMs: 400, loadMs: 300, prefillMs: 100, decodeMs: 500 });
    expect(stretches.map(({ kind, ms, share }) => [kind, ms, share])).toEqual([
      ['waiting', 100, 0.1],
      ['loading', 300, 0.3],
      ['reading', 100, 0.1],
      ['writing', 500, 0.5],
    ]);
  });

  test('leaves out what did not happen', () => {
    expect(timelineOf({ queueMs: 0.1, loadMs: null, prefillMs: 19.9, decodeMs: null })).toEqual([
      { kind: 'reading', label: 'Reading the prompt', ms: 19.9, share: 1 },
    ]);
    expect(timelineOf({ queueMs: null, loadMs: null, prefillMs: null, decodeMs: null })).toEqual([]);
  });
});

describe('speeds', () => {
  test('count the tokens that were read, not those from the cache', () => {
    expect(readingSpeed({ promptTokens: 100, cachedTokens: 80, prefillMs: 10 })).toBe(2000);
    expect(readingSpeed({ promptTokens: 100, cachedTokens: 100, prefillMs: 10 })).toBeNull();
    expect(readingSpeed({ promptTokens: 100, cachedTokens: null, prefillMs: 0 })).toBeNull();
  });

  test('of writing are unknown without tokens or time', () => {
    expect(writingSpeed({ completionTokens: 50, decodeMs: 1000 })).toBe(50);
    expect(writingSpeed({ completionTokens: 0, decodeMs: 1000 })).toBeNull();
    expect(writingSpeed({ completionTokens: 5, decodeMs: null })).toBeNull();
  });
});

test('a request that runs has not taken its time yet', () => {
  const startedAt = '2030-01-01T12:00:00.000Z';
  expect(tookMs({ startedAt, endedAt: null })).toBeNull();
  expect(tookMs({ startedAt, endedAt: '2030-01-01T12:00:01.500Z' })).toBe(1500);
});
