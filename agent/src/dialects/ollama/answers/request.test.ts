import { ImpetusError } from '@impetus/contracts';
import { ollamaChatBody, ollamaGenerateBody } from '@impetus/contracts/ollama';
import { describe, expect, it } from 'vitest';
import { toIdleUnload } from './keep-alive.ts';
import { samplingOptions } from './options.ts';
import { toChatGeneration, toPromptGeneration } from './request.ts';

const chat = (body: object) => toChatGeneration(ollamaChatBody.parse({ model: 'm', ...body }));
const prompt = (body: object, isChat = true) =>
  toPromptGeneration(ollamaGenerateBody.parse({ model: 'm', ...body }), isChat);
const refusalOf = (run: () => unknown): ImpetusError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ImpetusError) return error;
  }
  throw new Error('It was not refused.');
};

describe('chats', () => {
  it('match answers of tools with the calls before them', () => {
    const call = (name: string) => ({ function: { name, arguments: { city: name } } });
    const { prompt: asked } = chat({
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', content: '', thinking: 'Hm.', tool_calls: [call('a'), call('b'), call('a')] },
        { role: 'tool', tool_name: 'b', content: 'of b' },
        { role: 'tool', content: 'of the first' },
        { role: 'tool', tool_name: 'a', content: 'of the second' },
        { role: 'tool', tool_name: 'c', content: 'of none' },
      ],
    });
    expect(asked).toMatchObject({
      messages: [
        { role: 'user' },
        {
          reasoning: 'Hm.',
          toolCalls: [
            { id: 'call_1_0', name: 'a', arguments: '{"city":"a"}' },
            { id: 'call_1_1', name: 'b' },
            { id: 'call_1_2', name: 'a' },
          ],
        },
        { toolCallId: 'call_1_1', toolName: 'b' },
        { toolCallId: 'call_1_0', toolName: 'a' },
        { toolCallId: 'call_1_2', toolName: 'a' },
        { toolName: 'c', content: 'of none' },
      ],
    });
  });

  it('an unfinished answer is gone on with, one that calls is not', () => {
    const user = { role: 'user', content: 'x' };
    const calls = [{ function: { name: 'a', arguments: {} } }];
    expect(chat({ messages: [user, { role: 'assistant', content: 'So' }] }).prompt).toMatchObject({
      continueFinal: true,
    });
    const calling = chat({ messages: [user, { role: 'assistant', content: '', tool_calls: calls }] });
    expect(calling.prompt).not.toHaveProperty('continueFinal');
  });

  it('say how much is to be thought', () => {
    const thinking = (think: unknown) => chat({ messages: [], think }).prompt;
    expect(thinking(false)).toMatchObject({ reasoning: { enabled: false } });
    expect(thinking('high')).toMatchObject({ reasoning: { enabled: true, effort: 'high' } });
    expect(thinking(null)).not.toHaveProperty('reasoning');
  });

  it('refuse pictures by their place', () => {
    const messages = [
      { role: 'user', content: 'x' },
      { role: 'user', content: 'y', images: ['aGk='] },
    ];
    expect(refusalOf(() => chat({ messages }))).toMatchObject({ param: 'messages[1].images' });
    expect(() => chat({ messages: [{ role: 'user', content: 'x', images: [] }] })).not.toThrow();
  });
});

describe('single prompts', () => {
  it('become chats for models that chat, and text for others', () => {
    expect(prompt({ prompt: 'a', system: 's' }).prompt).toMatchObject({
      kind: 'chat',
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'a' },
      ],
    });
    expect(prompt({ prompt: 'a', system: 's' }, false).prompt).toEqual({ kind: 'text', text: 's\n\na' });
    expect(prompt({ prompt: 'a', raw: true }).prompt).toEqual({ kind: 'text', text: 'a' });
    expect(prompt({ prompt: 'a', suffix: 'b' }).prompt).toEqual({ kind: 'infill', prefix: 'a', suffix: 'b' });
  });

  it('refuse what would be another question', () => {
    expect(refusalOf(() => prompt({ prompt: 'a', template: 't' }))).toMatchObject({ param: 'template' });
    expect(refusalOf(() => prompt({ prompt: 'a', context: [1] }))).toMatchObject({ param: 'context' });
    expect(() => prompt({ prompt: 'a', template: '', context: [] })).not.toThrow();
  });
});

describe('options', () => {
  it('become sampling, limit and ends', () => {
    const options = {
      temperature: 0,
      top_k: 5,
      repeat_last_n: -1,
      seed: -1,
      num_predict: -1,
      num_gpu: 9,
      stop: 'x',
    };
    expect(chat({ messages: [], options })).toMatchObject({
      sampling: { temperature: 0, topK: 5, repeatLastN: 4_096 },
      maxTokens: null,
      stop: ['x'],
    });
    expect(chat({ messages: [], options: { num_predict: 7, seed: 3, repeat_last_n: 9_999 } })).toMatchObject({
      sampling: { seed: 3, repeatLastN: 4_096 },
      maxTokens: 7,
    });
    expect(samplingOptions({ temperature: 0.5, topP: 0.9 })).toEqual({ temperature: 0.5, top_p: 0.9 });
  });

  it('a format is any JSON or a schema', () => {
    expect(chat({ messages: [], format: '' })).not.toHaveProperty('grammar');
    expect(chat({ messages: [], format: 'json' }).grammar).toContain('root');
    expect(chat({ messages: [], format: { type: 'integer' } }).grammar).toContain('root');
  });
});

it('a time to stay is seconds, or a duration as Go writes it', () => {
  const cases: readonly (readonly [number | string | null, number | 'never' | undefined])[] = [
    [null, undefined],
    ['', undefined],
    [0, 0],
    ['0', 0],
    ['0s', 0],
    [90, 1.5],
    ['5m', 5],
    ['1h30m', 90],
    ['1.5h', 90],
    ['500ms', 1 / 120],
    [-1, 'never'],
    ['-1', 'never'],
    ['-1m', 'never'],
    ['24h', 1_440],
    ['9000h', 'never'],
  ];
  for (const [asked, minutes] of cases) expect(toIdleUnload(asked)).toBe(minutes);
  for (const wrong of ['soon', '5 minutes', '5m!', 'h']) {
    expect(refusalOf(() => toIdleUnload(wrong))).toMatchObject({ param: 'keep_alive' });
  }
});
