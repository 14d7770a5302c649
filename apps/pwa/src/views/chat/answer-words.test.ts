import { expect, test } from 'vitest';
import { newAnswer } from '../../state/answer.ts';
import { endingOf, factsOf, thinkingTitle, waitingFor } from './answer-words.ts';

test('waiting says for what, and how far it is', () => {
  expect(waitingFor({ kind: 'sending' }, 'Fox')).toEqual({ words: 'Asking' });
  expect(waitingFor({ kind: 'queued', position: 2 }, 'Fox')).toEqual({ words: 'Waiting, 2 before this one' });
  expect(waitingFor({ kind: 'loading', progress: null }, 'Fox')).toEqual({
    words: 'Loading Fox',
    progress: null,
  });
  expect(waitingFor({ kind: 'loading', progress: 0.42 }, 'Fox').words).toBe('Loading Fox, 42%');
  expect(waitingFor({ kind: 'reading', progress: 0.5 }, 'Fox')).toEqual({
    words: 'Reading the prompt',
    progress: 0.5,
  });
});

test('the line under an answer holds what is known', () => {
  const answer = newAnswer({ id: 'a', model: 'm', now: 1_000 });
  expect(factsOf(answer, 'Fox')).toBe('Fox');
  const written = { ...answer, firstTokenAt: 1_210, tokens: 128, tokensPerSecond: 34.2 };
  expect(factsOf(written, 'Fox')).toBe(
    'Fox · 34.2\u00A0tokens/s · first\u00A0token\u00A0210\u00A0ms · 128\u00A0tokens',
  );
});

test('an answer that ended by itself needs no words', () => {
  expect(endingOf({ status: { kind: 'done', reason: 'stop' }, text: 'Hi' })).toBeNull();
});

test('an answer that did not says why', () => {
  expect(endingOf({ status: { kind: 'done', reason: 'length' }, text: 'Hi' })).toMatch(/^Cut off/);
  expect(endingOf({ status: { kind: 'done', reason: 'stop' }, text: '' })).toMatch(/without writing/);
  expect(endingOf({ status: { kind: 'stopped' }, text: 'Hi' })).toBe('Stopped.');
});

test('thinking has a title, and an answer that never came of it an explanation', () => {
  const thinking = { text: 'Hm.', beganAt: 1_000, lastAt: 13_000 };
  expect(thinkingTitle(thinking, { kind: 'thinking' })).toBe('Thinking');
  expect(thinkingTitle(thinking, { kind: 'writing' })).toBe('Thought for 12 s');
  const ended = (reason: 'stop' | 'length') =>
    endingOf({ status: { kind: 'done', reason }, text: '', thinking });
  expect(ended('stop')).toBe('The model thought, and ended without an answer.');
  expect(ended('length')).toMatch(/^Cut off while it was thinking: /u);
});
