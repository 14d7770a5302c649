import { chatCompletionBody, type ChatCompletionBody } from '@impetus/contracts/openai';
import { describe, expect, it } from 'vitest';
import { toChatGeneration } from './request.ts';

const user = { role: 'user', content: 'Hi' } as const;
const weather = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
} as const;

const read = (body: object): ReturnType<typeof toChatGeneration> =>
  toChatGeneration(
    chatCompletionBody.parse({ model: 'm', messages: [user], ...body }) satisfies ChatCompletionBody,
  );

describe('the history stays as the client sent it', () => {
  it('calls, their answers, thinking and several texts', () => {
    const { prompt } = read({
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'Hm.',
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: '12 °C' },
      ],
    });
    expect(prompt).toEqual({
      kind: 'chat',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: ['a', 'b'] },
        {
          role: 'assistant',
          content: '',
          reasoning: 'Hm.',
          toolCalls: [{ id: 'c1', name: 'weather', arguments: '{"city":"Ulm"}' }],
        },
        { role: 'tool', content: '12 °C', toolCallId: 'c1' },
      ],
    });
  });

  it('a picture is refused by name', () => {
    const content = [{ type: 'image_url', image_url: { url: 'data:,' } }];
    expect(() => read({ messages: [{ role: 'user', content }] })).toThrow(
      "a part of type 'image_url' cannot be read",
    );
  });
});

describe('tools', () => {
  it('reach the prompt; those that run elsewhere are left out', () => {
    const { prompt } = read({
      tools: [{ type: 'web_search' }, weather],
      tool_choice: 'auto',
      parallel_tool_calls: false,
    });
    expect(prompt).toMatchObject({
      tools: [{ name: 'weather' }],
      toolChoice: 'auto',
      parallelToolCalls: false,
    });
  });

  it('may be narrowed to some of those that are described', () => {
    const other = { type: 'function', function: { name: 'other' } };
    const allowed_tools = { mode: 'required', tools: [other] };
    const { prompt } = read({
      tools: [weather, other],
      tool_choice: { type: 'allowed_tools', allowed_tools },
    });
    expect(prompt).toMatchObject({ tools: [{ name: 'other' }], toolChoice: 'required' });
  });

  it('a choice that none of them can meet is refused', () => {
    expect(() => read({ tool_choice: 'required' })).toThrow('there are no tools to choose from');
    const other = { type: 'function', function: { name: 'other' } };
    expect(() => read({ tools: [weather], tool_choice: other })).toThrow('there is no tool “other”');
  });
});

describe('structured output', () => {
  it('a schema becomes a grammar', () => {
    const format = {
      type: 'json_schema',
      json_schema: { name: 'n', schema: { type: 'integer', minimum: 1, maximum: 3 } },
    };
    expect(read({ response_format: format }).grammar).toContain('root ::=');
    expect(read({ response_format: { type: 'json_object' } }).grammar).toContain('root ::=');
    expect(read({ response_format: { type: 'text' } }).grammar).toBeUndefined();
  });

  it('a schema that cannot be honoured is refused with its keyword', () => {
    const format = { type: 'json_schema', json_schema: { schema: { not: {} } } };
    expect(() => read({ response_format: format })).toThrow(
      'The keyword “not” at the root cannot be honoured',
    );
  });
});

it('log probabilities, biases, choices and effort are passed on', () => {
  expect(
    read({ logprobs: true, top_logprobs: 3, logit_bias: { 7: -100 }, n: 2, reasoning_effort: 'none' }),
  ).toMatchObject({
    logprobs: 3,
    logitBias: [[7, -100]],
    choices: 2,
    prompt: { reasoning: { effort: 'none', enabled: false } },
  });
  expect(() => read({ top_logprobs: 3 })).toThrow("'top_logprobs' needs 'logprobs'");
});
