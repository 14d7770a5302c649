import { describe, expect, it } from 'vitest';
import type { GenerationEvent } from '@impetus/contracts';
import { wholeAnswer } from './whole-answer.ts';

const end: GenerationEvent = {
  kind: 'end',
  reason: 'tool-calls',
  usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 9 },
  timings: { prefillMs: 1, decodeMs: 1 },
};

async function* told(...events: GenerationEvent[]): AsyncGenerator<GenerationEvent> {
  yield* events;
}

describe('wholeAnswer', () => {
  it('puts thinking, text and calls together, and drops half a call', async () => {
    const answer = await wholeAnswer(
      told(
        { kind: 'reasoning', text: 'Hm', tokens: 1 },
        { kind: 'delta', text: 'Let me ', tokens: 1 },
        { kind: 'delta', text: 'look.', tokens: 1 },
        { kind: 'tool-call', index: 0, id: 'a', name: 'look', tokens: 1 },
        { kind: 'tool-arguments', index: 0, text: '{"at":', tokens: 1 },
        { kind: 'tool-arguments', index: 0, text: '1}', tokens: 1 },
        { kind: 'tool-call-end', index: 0, tokens: 1 },
        { kind: 'tool-call', index: 1, id: 'b', name: 'look', tokens: 1 },
        { kind: 'tool-arguments', index: 1, text: '{"at', tokens: 1 },
        end,
      ),
    );
    expect(answer.choices).toEqual([
      {
        text: 'Let me look.',
        reasoning: 'Hm',
        toolCalls: [{ id: 'a', name: 'look', arguments: '{"at":1}' }],
        logprobs: [],
        reason: 'tool-calls',
      },
    ]);
  });

  it('keeps choices apart, those that said nothing too', async () => {
    const answer = await wholeAnswer(
      told(
        { kind: 'delta', text: 'a', tokens: 1 },
        { kind: 'delta', text: 'b', tokens: 1, choice: 1 },
        { ...end, reason: 'stop', reasons: ['stop', 'length', 'stop'] },
      ),
    );
    expect(answer.choices.map(({ text, reason }) => [text, reason])).toEqual([
      ['a', 'stop'],
      ['b', 'length'],
      ['', 'stop'],
    ]);
  });

  it('throws where the answer has no end', async () => {
    await expect(wholeAnswer(told())).rejects.toThrow('without an end');
  });
});
