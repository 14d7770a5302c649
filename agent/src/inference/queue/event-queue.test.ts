import type { GenerationEvent } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

const delta = (text: string): GenerationEvent => ({ kind: 'delta', text, tokens: 1 });
const end: GenerationEvent = {
  kind: 'end',
  reason: 'stop',
  usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 2 },
  timings: { prefillMs: 1, decodeMs: 1 },
};

describe('EventQueue', () => {
  it('joins the pieces that a slow reader has not taken yet', async () => {
    const queue = new EventQueue();
    for (const event of [delta('a'), delta('b'), end]) queue.push(event);
    expect(await Array.fromAsync(queue.read())).toEqual([{ kind: 'delta', text: 'ab', tokens: 2 }, end]);
  });

  it('keeps only the newest of what is overtaken', async () => {
    const queue = new EventQueue();
    queue.push({ kind: 'queued', position: 2 });
    queue.push({ kind: 'queued', position: 1 });
    queue.push(end);
    expect(await Array.fromAsync(queue.read())).toEqual([{ kind: 'queued', position: 1 }, end]);
  });

  it('delivers what was written before an error, then the error', async () => {
    const queue = new EventQueue();
    const reader = queue.read();
    queue.push(delta('a'));
    queue.fail(new Error('gone'));
    expect((await reader.next()).value).toEqual(delta('a'));
    await expect(reader.next()).rejects.toThrow('gone');
  });

  it('wakes a reader that waits', async () => {
    const queue = new EventQueue();
    const reader = queue.read();
    const first = reader.next();
    queue.push(delta('a'));
    expect((await first).value).toEqual(delta('a'));
  });

  it('hears nothing after the end', async () => {
    const queue = new EventQueue();
    queue.push(end);
    queue.push(delta('late'));
    queue.fail(new Error('late'));
    expect(await Array.fromAsync(queue.read())).toEqual([end]);
  });
});
