import { expect, test } from 'vitest';
import { attentionOf, attentionTitle, endOf } from './attention.ts';
import { downloadWith } from './testing/download.ts';

const done = downloadWith({ id: 'a', state: 'done', finishedAt: '2026-01-01T10:00:00.000Z' });
const failed = downloadWith({ id: 'b', name: 'Llama', quant: null, state: 'failed' });

test('what ended and was not looked at is counted', () => {
  const attention = attentionOf([done, failed, downloadWith()], new Set());
  expect(attention).toEqual({ done: [done], failed: [failed] });
  expect(attentionOf([done, failed], new Set([endOf(done), endOf(failed)]))).toEqual({
    done: [],
    failed: [],
  });
});

test('one that ends again after it was tried again is new', () => {
  const again = downloadWith({ id: 'b', state: 'failed', finishedAt: '2026-01-01T11:00:00.000Z' });
  expect(attentionOf([again], new Set([endOf(failed)])).failed).toEqual([again]);
});

test('the title says what happened, failures first', () => {
  expect(attentionTitle({ done: [done], failed: [] })).toBe('Qwen 7B Q4_K_M is here');
  expect(attentionTitle({ done: [done, done], failed: [] })).toBe('2 models are here');
  expect(attentionTitle({ done: [done], failed: [failed] })).toBe('Llama failed');
  expect(attentionTitle({ done: [], failed: [] })).toBe('');
});
