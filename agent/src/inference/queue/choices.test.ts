import { describe, expect, it } from 'vitest';
import type { Generation, GenerationEvent } from '@impetus/contracts';
import { choicesOf } from './choices.ts';

const generation: Generation = {
  prompt: { kind: 'text', text: 'Once' },
  sampling: { seed: 5 },
  maxTokens: null,
  stop: [],
  choices: 3,
  echo: true,
};

const { signal } = new AbortController();

async function* answer({ sampling, echo }: Generation): AsyncGenerator<GenerationEvent, void> {
  const { seed = 0 } = sampling;
  yield { kind: 'prefill', evaluated: 1, total: 1 };
  if (echo === true) yield { kind: 'echo', text: 'Once' };
  for (let count = 5; count <= seed; count += 1) yield { kind: 'delta', text: `${count} `, tokens: 1 };
  yield {
    kind: 'end',
    reason: seed === 6 ? 'length' : 'stop',
    usage: { promptTokens: 9, cachedTokens: 0, completionTokens: seed, reasoningTokens: 1 },
    timings: { prefillMs: 1, decodeMs: seed },
  };
}

describe('choicesOf', () => {
  it('tells several answers as one, with the prompt once and all completions counted', async () => {
    const events = await Array.fromAsync(choicesOf(generation, signal, answer));
    const texts = ['', '', ''];
    for (const event of events) if (event.kind === 'delta') texts[event.choice ?? 0] += event.text;
    expect(texts).toEqual(['5 ', '5 6 ', '5 6 7 ']);
    expect(events.filter(({ kind }) => kind === 'prefill' || kind === 'echo')).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({
      kind: 'end',
      reason: 'stop',
      reasons: ['stop', 'length', 'stop'],
      usage: { promptTokens: 9, completionTokens: 18, reasoningTokens: 3 },
      timings: { decodeMs: 7 },
    });
  });

  it('passes one answer through as it is', async () => {
    const events = await Array.fromAsync(choicesOf({ ...generation, choices: 1 }, signal, answer));
    expect(events.some((event) => 'choice' in event)).toBe(false);
  });

  it('ends the others where one fails, though they wait for their next word', async () => {
    const ended: number[] = [];
    const failing = async function* (
      one: Generation,
      aborted: AbortSignal,
    ): AsyncGenerator<GenerationEvent, void> {
      const { seed = 0 } = one.sampling;
      try {
        if (seed === 6) throw new Error('gone');
        const { promise, reject } = Promise.withResolvers<void>();
        aborted.addEventListener('abort', () => reject(new Error('aborted')));
        await promise;
        yield* answer(one);
      } finally {
        ended.push(seed);
      }
    };
    await expect(Array.fromAsync(choicesOf(generation, signal, failing))).rejects.toThrow('gone');
    expect(ended.toSorted((a, b) => a - b)).toEqual([5, 6, 7]);
  });
});
