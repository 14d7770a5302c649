import { expect, test } from 'vitest';
import { whenToAsk } from './when-to-ask.ts';

const ready = { connection: 'connected', known: true, model: 'qwen' } as const;

test('a question goes at once to a Mac that is connected and has a model', () => {
  expect(whenToAsk(ready)).toBe('now');
});

test('a question waits for a Mac that is not connected, and until the page has heard of its models', () => {
  expect(whenToAsk({ ...ready, connection: 'reconnecting' })).toBe('soon');
  expect(whenToAsk({ ...ready, connection: 'away' })).toBe('soon');
  expect(whenToAsk({ connection: 'reconnecting', known: false, model: null })).toBe('soon');
  expect(whenToAsk({ ...ready, known: false, model: null })).toBe('soon');
});

test('a question to a Mac without a model is not taken, and the reason is said', () => {
  expect(whenToAsk({ ...ready, model: null })).toEqual({ whyNot: 'There is no model to ask.' });
  expect(whenToAsk({ ...ready, connection: 'away', model: null })).toEqual({
    whyNot: 'There is no model to ask.',
  });
});
