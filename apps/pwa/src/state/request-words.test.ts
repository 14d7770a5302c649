import type { RequestRecord } from '@impetus/contracts/records';
import { describe, expect, test } from 'vitest';
import { cachedShare, endingOf, remedyFor, tokensLine, viewRequest } from './request-words.ts';

const ended: RequestRecord = {
  id: 'r',
  startedAt: '2030-01-01T12:00:00.000Z',
  endedAt: '2030-01-01T12:00:01.200Z',
  state: 'done',
  requesterId: 'k',
  requesterName: 'Laptop',
  modelId: 'm',
  dialect: 'openai',
  endpoint: '/v1/chat/completions',
  kind: 'generation',
  streamed: true,
  queuePosition: null,
  queueMs: 0,
  loadMs: null,
  promptTokens: 2000,
  cachedTokens: 1500,
  readTokens: 2000,
  prefillMs: 100,
  completionTokens: 120,
  decodeMs: 1000,
  finishReason: 'stop',
  error: null,
  captured: false,
};
const running = (changes: Partial<RequestRecord>): RequestRecord => ({
  ...ended,
  endedAt: null,
  finishReason: null,
  decodeMs: null,
  ...changes,
});

describe('a request in words', () => {
  test.each([
    [1, 'Next in line'],
    [2, '2nd in line'],
    [3, '3rd in line'],
    [11, '11th in line'],
    [21, '21st in line'],
    [null, 'Waiting'],
  ])('at place %j is %j', (queuePosition, words) => {
    expect(viewRequest(running({ state: 'queued', queuePosition }), undefined, true).words).toBe(words);
  });

  test('says how far the load is, where its runner tells', () => {
    const loading = running({ state: 'loading' });
    expect(viewRequest(loading, { state: 'starting', progress: 0.4 }, true)).toMatchObject({
      words: 'Loading the model, 40%',
      progress: { value: 0.4 },
    });
    expect(viewRequest(loading, undefined, true)).toMatchObject({
      words: 'Loading the model',
      progress: { value: null },
    });
  });

  test('says how far the prompt is read', () => {
    const reading = running({ state: 'reading', readTokens: 500 });
    expect(viewRequest(reading, undefined, true)).toMatchObject({ progress: { value: 0.25 } });
    expect(tokensLine(reading)).toBe('500 of 2,000 tokens read');
  });

  test.each([
    [{}, 'done', 'Done in 1.2 s'],
    [{ state: 'failed' }, 'failed', 'Failed after 1.2 s'],
    [{ state: 'cancelled' }, 'cancelled', 'Cancelled after 1.2 s'],
  ] as const)('that ended, %j, is %s: %s', (changes, kind, words) => {
    expect(viewRequest({ ...ended, ...changes }, undefined, true)).toEqual({ kind, words });
  });

  test('while the Mac is away says what was, and nothing else of what has ended', () => {
    expect(viewRequest(running({ state: 'writing' }), undefined, false)).toEqual({
      kind: 'away',
      words: 'Was being written',
    });
    expect(viewRequest(ended, undefined, false).words).toBe('Done in 1.2 s');
  });
});

describe('the line of tokens', () => {
  test('has the cached share and what was written', () => {
    expect(tokensLine(ended)).toBe('2,000 in · 75% cached · 120 out');
    expect(tokensLine({ ...ended, cachedTokens: 0 })).toBe('2,000 in · 120 out');
    expect(tokensLine({ ...ended, cachedTokens: 1999 })).toBe('2,000 in · 99% cached · 120 out');
    expect(tokensLine({ ...ended, finishReason: 'length' })).toBe(
      '2,000 in · 75% cached · 120 out · cut off',
    );
    expect(tokensLine({ ...ended, kind: 'embedding', cachedTokens: null })).toBe('2,000 in');
  });

  test('has the speed while it is written, once that says something', () => {
    expect(tokensLine(running({ state: 'writing', decodeMs: 2000 }))).toBe('120 tokens · 60 tokens/s');
    expect(tokensLine(running({ state: 'writing', decodeMs: 3 }))).toBe('120 tokens');
  });

  test('says what went wrong in place of amounts', () => {
    const error = { code: 'timeout', message: 'It took too long.' } as const;
    expect(tokensLine({ ...ended, state: 'failed', error })).toBe('It took too long.');
  });

  test('has what was asked for where no token is known of', () => {
    expect(tokensLine(running({ state: 'queued' }))).toBe('/v1/chat/completions');
    expect(tokensLine({ ...ended, state: 'cancelled', promptTokens: null })).toBe('/v1/chat/completions');
  });
});

test('an empty prompt has no cached share', () => {
  expect(cachedShare({ promptTokens: 0, cachedTokens: 0 })).toBeNull();
});

test('endings are told apart', () => {
  const endings = [
    ended,
    { ...ended, finishReason: 'length' as const },
    { ...ended, state: 'failed' as const },
    { ...ended, state: 'cancelled' as const },
  ].map(endingOf);
  expect(new Set(endings).size).toBe(endings.length);
  expect(endingOf(running({ state: 'writing' }))).toBeNull();
});

test('an error leads to where something can be done about it', () => {
  expect(remedyFor('rate_limited')?.place).toBe('limits');
  expect(remedyFor('context_length_exceeded')?.place).toBe('model');
  expect(remedyFor('internal')).toBeNull();
});
