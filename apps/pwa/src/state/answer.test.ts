import type { ChatEvent } from '@impetus/contracts/generation';
import { expect, test } from 'vitest';
import { foldAnswer, isUnfinished, newAnswer, type Answer } from './answer.ts';

function stream(...events: [at: number, event: ChatEvent][]): Answer {
  return events.reduce(
    (folded, [at, event]) => foldAnswer(folded, event, at),
    newAnswer({ id: 'a', model: 'm', now: 10_000 }),
  );
}

test('an answer goes through its states and collects its text', () => {
  expect(stream([1, { kind: 'queued', position: 2 }]).status).toEqual({ kind: 'queued', position: 2 });
  expect(stream([1, { kind: 'loading', progress: 0.4 }]).status).toEqual({ kind: 'loading', progress: 0.4 });
  expect(stream([1, { kind: 'prefill', evaluated: 64, total: 128 }]).status).toEqual({
    kind: 'reading',
    progress: 0.5,
  });
  const written = stream(
    [10_300, { kind: 'delta', text: 'Once', tokens: 1 }],
    [11_300, { kind: 'delta', text: ' upon', tokens: 9 }],
  );
  expect(written).toMatchObject({ text: 'Once upon', firstTokenAt: 10_300, tokens: 10, tokensPerSecond: 10 });
  expect(isUnfinished(written.status)).toBe(true);
});

test('thoughts are kept apart from the text, with the time that they took', () => {
  const thinking = stream(
    [10_300, { kind: 'reasoning', text: 'Once', tokens: 1 }],
    [12_300, { kind: 'reasoning', text: ' or twice?', tokens: 9 }],
  );
  expect(thinking).toMatchObject({
    text: '',
    thinking: { text: 'Once or twice?', beganAt: 10_300, lastAt: 12_300 },
    status: { kind: 'thinking' },
    firstTokenAt: 10_300,
    tokens: 10,
  });
  expect(isUnfinished(thinking.status)).toBe(true);
  expect(foldAnswer(thinking, { kind: 'delta', text: 'Twice.', tokens: 2 }, 12_400)).toMatchObject({
    text: 'Twice.',
    thinking: { text: 'Once or twice?', lastAt: 12_300 },
    status: { kind: 'writing' },
    tokens: 12,
  });
});

test('the end brings what the runner measured', () => {
  const ended = stream(
    [10_300, { kind: 'delta', text: 'Hi', tokens: 1 }],
    [
      10_900,
      {
        kind: 'end',
        reason: 'length',
        usage: { promptTokens: 12, cachedTokens: 4, completionTokens: 50 },
        timings: { prefillMs: 20, decodeMs: 500 },
      },
    ],
  );
  expect(ended).toMatchObject({
    tokens: 50,
    tokensPerSecond: 100,
    status: { kind: 'done', reason: 'length' },
  });
  expect(isUnfinished(ended.status)).toBe(false);
});

test('an error keeps the text that was written', () => {
  const failed = stream(
    [10_300, { kind: 'delta', text: 'Half', tokens: 1 }],
    [10_400, { kind: 'error', error: { code: 'runner_failed', message: 'The runner ended.' } }],
  );
  expect(failed.text).toBe('Half');
  expect(failed.status).toMatchObject({
    kind: 'failed',
    failure: { code: 'runner_failed', what: 'The answer broke off.', why: 'The runner ended.' },
  });
});

test('an answer without a token has no speed', () => {
  const usage = { promptTokens: 12, cachedTokens: 0, completionTokens: 0 };
  const timings = { prefillMs: 5, decodeMs: 0.01 };
  expect(stream([10_300, { kind: 'end', reason: 'stop', usage, timings }]).tokensPerSecond).toBeNull();
});
