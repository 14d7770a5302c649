import type { ChatEvent } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { nextItem } from './merge.ts';

const delta = (text: string): ChatEvent => ({ kind: 'delta', text, tokens: 1 });
const prefill = (evaluated: number): ChatEvent => ({ kind: 'prefill', evaluated, total: 100 });
const events: ChatEvent[] = [
  { kind: 'queued', position: 1 },
  prefill(10),
  prefill(90),
  delta('a'),
  delta('b'),
  delta('c'),
  { kind: 'stopped' },
];

it('makes one delta of those that have piled up, under the id of the last', () => {
  expect(nextItem(events, 3)).toEqual({ id: '6', event: { kind: 'delta', text: 'abc', tokens: 3 } });
  expect(nextItem(events, 4)).toEqual({ id: '6', event: { kind: 'delta', text: 'bc', tokens: 2 } });
});

it('tells only the newest progress', () => {
  expect(nextItem(events, 0)).toEqual({ id: '3', event: prefill(90) });
});

it('tells the end by itself, and then nothing', () => {
  expect(nextItem(events, 6)).toEqual({ id: '7', event: { kind: 'stopped' } });
  expect(nextItem(events, 7)).toBeNull();
  expect(nextItem([], 0)).toBeNull();
});
