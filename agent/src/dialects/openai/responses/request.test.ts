import { responseBody, type ResponseInputItem } from '@impetus/contracts/openai-responses';
import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../wire/validation.ts';
import { itemId, itemPlace } from './ids.ts';
import { pageOf } from './item-page.ts';
import { refuseUnsupported, toResponseGeneration } from './request.ts';
import { storedItems } from './stored-items.ts';
import { toolBook } from './tool-book.ts';

const run = { type: 'function', name: 'run', parameters: { type: 'object' }, strict: true } as const;

function read(fields: object, before: readonly ResponseInputItem[] = []) {
  const body = parseBody(responseBody, { model: 'm', ...fields });
  refuseUnsupported(body);
  const own = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : (body.input ?? []);
  return toResponseGeneration(body, { before, own }, toolBook(body.tools ?? [], body.tool_choice));
}

describe('a conversation of items', () => {
  it('becomes messages: thinking, a text and its calls are one, each answer its own', () => {
    const { prompt } = read({
      instructions: 'Be brief.',
      input: [
        { role: 'developer', content: 'Use tools.' },
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], content: null },
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'I run it.' }],
        },
        { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'log', namespace: 'git', arguments: '{}' },
        { type: 'custom_tool_call', call_id: 'c2', name: 'patch', input: 'X' },
        { type: 'function_call_output', call_id: 'c1', output: 'none' },
        { type: 'custom_tool_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'done' }] },
        { type: 'web_search_call', id: 'ws_1', status: 'completed' },
      ],
    });
    expect(prompt).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'Use tools.' },
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: 'I run it.',
          reasoning: 'Hm.',
          toolCalls: [
            { id: 'c1', name: 'git__log', arguments: '{}' },
            { id: 'c2', name: 'patch', arguments: '{"input":"X"}' },
          ],
        },
        { role: 'tool', toolCallId: 'c1', content: 'none' },
        { role: 'tool', toolCallId: 'c2', content: 'done' },
      ],
    });
  });

  it('a second answer in a row is a message of its own', () => {
    const said = (content: string) => ({ role: 'assistant', content });
    const { prompt } = read({ input: [said('a'), said('b')] });
    expect(prompt).toMatchObject({ messages: [said('a'), said('b')] });
  });

  it.each([
    [{}, "'input' is required"],
    [{ input: [] }, "'input' is required"],
    [{ input: [{ role: 'user', content: [{ type: 'input_image' }] }] }, "type 'input_image' cannot be read"],
    [{ input: [{ type: 'function_call', name: 'a', arguments: '{}' }] }, "'input[0].call_id' is required"],
    [{ input: [{ role: 'nobody', content: '' }] }, "'input[0].role' must be one of"],
    [{ input: 'x', conversation: 'conv_1' }, 'Conversations are not kept here'],
    [{ input: 'x', prompt: { id: 'p' } }, 'no prompts that are kept here'],
    [{ input: 'x', background: true, stream: true }, 'not streamed'],
    [{ input: 'x', background: true, store: false }, 'has to be stored'],
    [{ input: 'x', tools: [{ type: 'function' }] }, "'tools[0].name' is required"],
  ])('%j is refused', (fields, message) => {
    expect(() => read(fields)).toThrow(message);
  });

  it('mistakes are counted from the first item of the request itself', () => {
    const input = [{ role: 'user', content: [{ type: 'input_file' }] }];
    expect(() => read({ input }, [{ type: 'message', role: 'user', content: 'before' }])).toThrow(
      expect.objectContaining({ param: 'input[0].content[0]' }),
    );
  });
});

describe('tools', () => {
  const tools = [
    run,
    { type: 'custom', name: 'patch', description: 'Edits.', format: { type: 'grammar', definition: 'G' } },
    { type: 'namespace', name: 'git', description: '', tools: [{ ...run, name: 'log' }] },
    { type: 'constructor', tools: 7, name: { odd: true } },
    { type: 'image_generation' },
  ];

  it('are one flat list; those that run elsewhere are left out', () => {
    const { prompt } = read({ input: 'x', tools });
    expect(prompt).toMatchObject({
      tools: [
        { name: 'run', strict: true },
        { name: 'patch', description: expect.stringContaining('G') as string },
        { name: 'git__log' },
      ],
    });
  });

  it.each([
    ['required', 'required'],
    [{ type: 'function', name: 'run' }, { name: 'run' }],
    [{ type: 'function', name: 'log' }, { name: 'git__log' }],
    [{ type: 'custom', name: 'patch' }, { name: 'patch' }],
    [{ type: 'image_generation' }, undefined],
  ])('the choice %j means %j', (choice, expected) => {
    const { prompt } = read({ input: 'x', tools, tool_choice: choice });
    expect(prompt).toMatchObject(expected === undefined ? {} : { toolChoice: expected });
    expect('toolChoice' in prompt).toBe(expected !== undefined);
  });

  it('may be narrowed, and a choice that cannot be met is refused', () => {
    const narrowed = { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'log' }] };
    expect(read({ input: 'x', tools, tool_choice: narrowed }).prompt).toMatchObject({
      tools: [{ name: 'git__log' }],
      toolChoice: 'required',
    });
    const missing = { type: 'function', name: 'nobody' };
    expect(() => read({ input: 'x', tools, tool_choice: missing })).toThrow('there is no tool “nobody”');
  });
});

it('limits, sampling, schemas and effort are passed on', () => {
  const schema = { type: 'integer', minimum: 1, maximum: 2 };
  expect(
    read({
      input: 'x',
      max_output_tokens: 7,
      temperature: 0,
      top_p: 0.5,
      reasoning: { effort: 'max' },
      text: { format: { type: 'json_schema', name: 'n', schema } },
      include: ['message.output_text.logprobs'],
      parallel_tool_calls: false,
    }),
  ).toMatchObject({
    maxTokens: 7,
    sampling: { temperature: 0, topP: 0.5 },
    grammar: expect.stringContaining('root ::=') as string,
    logprobs: 0,
    prompt: { reasoning: { effort: 'xhigh', enabled: true }, parallelToolCalls: false },
  });
});

describe('items that are kept', () => {
  const key = '0123456789abcdef0123456789abcdef';

  it('have ids that say where they are', () => {
    const [message, output] = storedItems(
      [
        { role: 'user', content: 'Hi' },
        { type: 'function_call_output', call_id: 'c', output: 'x' },
      ],
      key,
    );
    expect(message).toMatchObject({
      type: 'message',
      status: 'completed',
      content: [{ type: 'input_text', text: 'Hi' }],
    });
    expect(itemPlace(message?.id ?? '')).toEqual({ responseId: `resp_${key}`, place: 'input', index: 0 });
    expect(itemPlace(output?.id ?? '')).toMatchObject({ index: 1 });
    expect(itemPlace(itemId('fc', key, 'output', 12))).toMatchObject({ place: 'output', index: 12 });
    expect(itemPlace('msg_of_somebody_else')).toBeNull();
  });

  it('are listed in pages', () => {
    const items = ['a', 'b', 'c'].map((id) => ({ type: 'message', id }));
    const page = pageOf(items, { limit: 2, order: 'desc' });
    expect(page).toMatchObject({ data: [{ id: 'c' }, { id: 'b' }], last_id: 'b', has_more: true });
    const rest = pageOf(items, { limit: 2, order: 'desc', after: page.last_id ?? '' });
    expect(rest).toMatchObject({ data: [{ id: 'a' }], has_more: false });
  });
});
