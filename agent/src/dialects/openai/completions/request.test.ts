import type { TokenLogprob } from '@impetus/contracts';
import { completionBody, fimBody } from '@impetus/contracts/openai';
import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../wire/validation.ts';
import type { WholeAnswer } from '../../../wire/whole-answer.ts';
import { toFimGeneration } from '../fim.ts';
import { chooseBest } from './best-of.ts';
import { completionFormat } from './format.ts';
import { toCompletionGenerations } from './request.ts';

const read = (fields: object) =>
  toCompletionGenerations(parseBody(completionBody, { model: 'm', ...fields }));

describe('prompts', () => {
  it.each([
    [undefined, [{ kind: 'text', text: '' }]],
    ['a', [{ kind: 'text', text: 'a' }]],
    [
      ['a', 'b'],
      [
        { kind: 'text', text: 'a' },
        { kind: 'text', text: 'b' },
      ],
    ],
    [[1, 2], [{ kind: 'tokens', tokens: [1, 2] }]],
    [
      [[1], [2]],
      [
        { kind: 'tokens', tokens: [1] },
        { kind: 'tokens', tokens: [2] },
      ],
    ],
  ])('%j', (prompt, expected) => {
    expect(read({ prompt }).map((generation) => generation.prompt)).toEqual(expected);
  });

  it('with a suffix are gaps to be filled', () => {
    const [generation] = read({ prompt: 'a', suffix: 'b' });
    expect(generation?.prompt).toEqual({ kind: 'infill', prefix: 'a', suffix: 'b' });
    expect(() => read({ prompt: [1], suffix: 'b' })).toThrow("'suffix' needs a 'prompt' that is text");
  });

  it('of Mistral’s form too', () => {
    const body = parseBody(fimBody, { model: 'm', prompt: 'a', suffix: 'b', random_seed: 3, stop: 'x' });
    expect(toFimGeneration(body)).toEqual({
      prompt: { kind: 'infill', prefix: 'a', suffix: 'b' },
      sampling: { seed: 3 },
      maxTokens: null,
      stop: ['x'],
    });
  });
});

it('sixteen tokens unless it is said, and none where none is wanted', () => {
  expect(read({ prompt: 'a' })).toMatchObject([{ maxTokens: 16, choices: 1 }]);
  expect(read({ prompt: 'a', max_tokens: 0, echo: true, logprobs: 1 })).toMatchObject([
    { maxTokens: 0, echo: true, logprobs: 1 },
  ]);
});

describe('the best of several', () => {
  const token = (logprob: number): TokenLogprob => ({ token: 1, text: 'x', bytes: null, logprob, top: [] });
  const choice = (text: string, ...logprobs: number[]) => ({
    text,
    reasoning: '',
    toolCalls: [],
    logprobs: logprobs.map(token),
    reason: 'stop' as const,
  });
  const answer: WholeAnswer = {
    echo: null,
    choices: [choice('long', -1, -1, -0.1), choice('bad', -3), choice('good', -0.2)],
    end: {
      kind: 'end',
      reason: 'stop',
      usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 5 },
      timings: { prefillMs: 1, decodeMs: 1 },
    },
  };
  const choose = (fields: object) => chooseBest(parseBody(completionBody, { model: 'm', ...fields }));

  it('are the likeliest by token, without chances that were not asked for', () => {
    expect(read({ prompt: 'a', best_of: 3 })).toMatchObject([{ choices: 3, logprobs: 0 }]);
    const best = choose({ best_of: 3, n: 2 })?.(answer);
    expect(best?.choices.map(({ text, logprobs }) => [text, logprobs.length])).toEqual([
      ['good', 0],
      ['long', 0],
    ]);
    expect(choose({ best_of: 3, logprobs: 0 })?.(answer).choices[0]?.logprobs).toHaveLength(1);
  });

  it('need to be whole, and more than are told', () => {
    expect(choose({ best_of: 2, n: 2 })).toBeUndefined();
    expect(() => read({ prompt: 'a', best_of: 2, stream: true })).toThrow('cannot be streamed');
    expect(() => read({ prompt: 'a', best_of: 1, n: 2 })).toThrow("'best_of' must be at least 'n'");
  });

  it('several prompts are told one after another, and counted together', () => {
    const head = { id: 'i', created: 1, model: 'm' };
    expect(completionFormat.whole(head, [answer, answer])).toMatchObject({
      choices: ['long', 'bad', 'good', 'long', 'bad', 'good'].map((text, index) => ({ text, index })),
      usage: { prompt_tokens: 2, completion_tokens: 10, total_tokens: 12 },
    });
    const stream = completionFormat.stream(head, { first: 3, choices: 3 });
    expect(stream.piece({ kind: 'delta', text: 'x', tokens: 1, choice: 1 })).toMatchObject([
      { choices: [{ index: 4, text: 'x' }] },
    ]);
  });
});
