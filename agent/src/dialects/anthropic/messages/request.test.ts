import { messagesBody } from '@impetus/contracts/anthropic';
import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../wire/validation.ts';
import { toGeneration } from './request.ts';

const user = { role: 'user', content: 'Hi' } as const;
const schema = { type: 'object', properties: { city: { type: 'string' } } } as const;
const weather = { name: 'weather', description: 'The weather.', input_schema: schema } as const;

const read = (body: object): ReturnType<typeof toGeneration> =>
  toGeneration(parseBody(messagesBody, { model: 'm', max_tokens: 9, messages: [user], ...body }));

const promptOf = (body: object) => {
  const { prompt } = read(body);
  if (prompt.kind !== 'chat') throw new Error('no chat');
  return prompt;
};

describe('a request as Claude Code sends it', () => {
  /** What it was seen to send, its texts and tools cut down. */
  const recorded = {
    model: 'claude-sonnet-4-5',
    max_tokens: 32_000,
    stream: true,
    metadata: { user_id: 'user_1_account__session_2' },
    system: [
      {
        type: 'text',
        text: 'x-anthropic-billing-header: cc_version=2.1.5.abc; cc_entrypoint=sdk-cli; cch=0f3a1;',
      },
      { type: 'text', text: 'You are a coding agent.', cache_control: { type: 'ephemeral' } },
    ],
    thinking: { type: 'adaptive' },
    output_config: { effort: 'medium' },
    context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
    tools: [
      { name: 'Read', description: 'Reads a file.', input_schema: { ...schema, $schema: 'x' } },
      { name: 'ToolSearch', input_schema: schema },
      { name: 'WebFetch', input_schema: schema, defer_loading: true },
      { name: 'Later', input_schema: schema, defer_loading: true },
    ],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: '<system-reminder>Today is Friday.</system-reminder>' },
          { type: 'text', text: 'What is in a.txt?', cache_control: { type: 'ephemeral', ttl: '1h' } },
        ],
      },
      { role: 'system', content: [{ type: 'text', text: 'The mode is plan.' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'I have to look.', signature: 'impetus' },
          { type: 'redacted_thinking', data: 'abc' },
          { type: 'text', text: 'Looking.' },
          { type: 'tool_use', id: 't1', name: 'Read', input: { path: 'a.txt' } },
          { type: 'tool_use', id: 't2', name: 'ToolSearch', input: {}, caller: { type: 'direct' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: 'no such file', is_error: true },
          {
            type: 'tool_result',
            tool_use_id: 't2',
            content: [{ type: 'tool_reference', tool_name: 'WebFetch' }],
          },
          { type: 'text', text: 'Go on.' },
        ],
      },
    ],
  };

  it('becomes one conversation, in order', () => {
    expect(promptOf(recorded).messages).toEqual([
      { role: 'system', content: [expect.stringContaining('cch=0f3a1'), 'You are a coding agent.'] },
      {
        role: 'user',
        content: ['<system-reminder>Today is Friday.</system-reminder>', 'What is in a.txt?'],
      },
      { role: 'system', content: 'The mode is plan.' },
      {
        role: 'assistant',
        content: 'Looking.',
        reasoning: 'I have to look.',
        toolCalls: [
          { id: 't1', name: 'Read', arguments: '{"path":"a.txt"}' },
          { id: 't2', name: 'ToolSearch', arguments: '{}' },
        ],
      },
      { role: 'tool', toolCallId: 't1', content: 'Error: no such file' },
      { role: 'tool', toolCallId: 't2', content: 'The tool WebFetch can be called now.' },
      { role: 'user', content: 'Go on.' },
    ]);
  });

  it('offers a deferred tool once it was found, and ends with the context at the latest', () => {
    const { prompt, ...generation } = read(recorded);
    expect(prompt).toMatchObject({ tools: [{ name: 'Read' }, { name: 'ToolSearch' }, { name: 'WebFetch' }] });
    expect(generation).toMatchObject({ maxTokens: 32_000, mayFillContext: true, stop: [], sampling: {} });
  });

  it('thinks as the model likes to, with the effort that was asked for', () => {
    expect(promptOf(recorded).reasoning).toEqual({ effort: 'medium' });
  });
});

describe('blocks', () => {
  const inUser = (...content: readonly object[]) =>
    promptOf({ messages: [{ role: 'user', content }] }).messages;

  it.each([
    ['a text', { type: 'text', text: 'a' }, 'a'],
    [
      'a document of plain text',
      { type: 'document', title: 'T', source: { type: 'text', media_type: 'text/plain', data: 'b' } },
      'T\nb',
    ],
    [
      'a document of blocks',
      { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'c' }] } },
      'c',
    ],
    [
      'what was found',
      { type: 'search_result', title: 'T', source: 'x', content: [{ type: 'text', text: 'd' }] },
      'T\nd',
    ],
  ])('%s', (_, block, text) => {
    expect(inUser(block)).toEqual([{ role: 'user', content: text }]);
  });

  it('an answer of a tool may be nothing, or say by itself that it failed', () => {
    expect(
      inUser(
        { type: 'tool_result', tool_use_id: 't1' },
        { type: 'tool_result', tool_use_id: 't2', content: '<error>Gone', is_error: true },
      ),
    ).toEqual([
      { role: 'tool', toolCallId: 't1', content: '' },
      { role: 'tool', toolCallId: 't2', content: '<error>Gone' },
    ]);
  });

  it.each([
    [
      'a picture',
      [{ type: 'image', source: {} }],
      "block of type 'image' cannot be read (messages[0].content[0])",
    ],
    [
      'a picture from a tool',
      [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'image' }] }],
      'messages[0].content[0].content[0]',
    ],
    [
      'a PDF',
      [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: '' } }],
      "document whose source has the type 'base64'",
    ],
    ['a text without text', [{ type: 'text' }], "'messages[0].content[0].text' is required"],
    ['an answer to nothing', [{ type: 'tool_result' }], "'messages[0].content[0].tool_use_id' is required"],
    [
      'an answer of the wrong type',
      [{ type: 'tool_result', tool_use_id: 't', content: 3 }],
      "'messages[0].content[0].content' must be a string or an array of blocks",
    ],
  ])('%s is refused by name', (_, content, message) => {
    expect(() => inUser(...content)).toThrow(message);
  });

  it('what another server’s model left in its answers is passed over', () => {
    const content = [
      { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
      { type: 'text', text: 'a' },
    ];
    expect(promptOf({ messages: [user, { role: 'assistant', content }, user] }).messages[1]).toEqual({
      role: 'assistant',
      content: 'a',
    });
  });

  it('an answer that was begun is gone on with, a call is not', () => {
    const begun = { role: 'assistant', content: 'I am' };
    expect(promptOf({ messages: [user, begun] }).continueFinal).toBe(true);
    const call = { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'weather', input: {} }] };
    expect(promptOf({ messages: [user, call] }).continueFinal).toBeUndefined();
  });
});

describe('tools', () => {
  it('reach the prompt; those that run elsewhere are left out', () => {
    const tools = [
      { type: 'web_search_20250305', name: 'web_search' },
      { ...weather, type: 'custom' },
    ];
    expect(promptOf({ tools }).tools).toEqual([
      { name: 'weather', description: 'The weather.', parameters: schema },
    ]);
  });

  it('all that are deferred are offered where the search would run elsewhere, or where nothing else is', () => {
    const deferred = { ...weather, defer_loading: true };
    const search = { type: 'tool_search_tool_regex_20251119', name: 'search' };
    const reader = { name: 'Read', input_schema: schema };
    expect(promptOf({ tools: [deferred] }).tools).toHaveLength(1);
    expect(promptOf({ tools: [search, reader, deferred] }).tools).toHaveLength(2);
    expect(promptOf({ tools: [reader, deferred] }).tools).toHaveLength(1);
  });

  it.each([
    [{ type: 'auto' }, { toolChoice: 'auto' }],
    [
      { type: 'any', disable_parallel_tool_use: true },
      { toolChoice: 'required', parallelToolCalls: false },
    ],
    [{ type: 'tool', name: 'weather' }, { toolChoice: { name: 'weather' } }],
    [{ type: 'none' }, { toolChoice: 'none' }],
  ])('are chosen by %o', (choice, expected) => {
    expect(promptOf({ tools: [weather], tool_choice: choice })).toMatchObject(expected);
  });

  it('a choice that none of them can meet is refused', () => {
    expect(() => read({ tool_choice: { type: 'any' } })).toThrow('there are no tools to choose from');
    const other = { type: 'tool', name: 'other' };
    expect(() => read({ tools: [weather], tool_choice: other })).toThrow('there is no tool “other”');
  });
});

describe('thinking', () => {
  it.each([
    [undefined, { enabled: false }],
    [{ type: 'disabled' }, { enabled: false }],
    [
      { type: 'enabled', budget_tokens: 2_048 },
      { enabled: true, budget: 2_048 },
    ],
    [{ type: 'adaptive' }, {}],
  ])('%o', (thinking, reasoning) => {
    expect(promptOf({ thinking }).reasoning).toEqual(reasoning);
  });

  it('the most effort is the most that templates know', () => {
    expect(promptOf({ output_config: { effort: 'max' } }).reasoning).toMatchObject({ effort: 'xhigh' });
  });
});

it('sampling, stop strings and a schema for the answer are passed on', () => {
  const format = { type: 'json_schema', schema: { type: 'integer', minimum: 1, maximum: 3 } };
  expect(
    read({
      temperature: 0.5,
      top_p: 0.9,
      top_k: 3,
      stop_sequences: ['', 'END'],
      output_config: { format },
    }),
  ).toMatchObject({
    sampling: { temperature: 0.5, topP: 0.9, topK: 3 },
    stop: ['END'],
    grammar: expect.stringContaining('root ::='),
  });
  expect(() => read({ output_config: { format: { type: 'json_schema', schema: { not: {} } } } })).toThrow(
    'The keyword “not” at the root cannot be honoured',
  );
});
