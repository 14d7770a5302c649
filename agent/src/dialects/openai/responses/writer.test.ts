import { ImpetusError, type AnswerEnd, type AnswerPiece } from '@impetus/contracts';
import { responseBody } from '@impetus/contracts/openai-responses';
import { describe, expect, it } from 'vitest';
import { needsOfficialSchemas, requireOfficial } from '../../../../test/support/official-schemas.ts';
import { openedResponse, summaryOf } from './resource.ts';
import { toolBook } from './tool-book.ts';
import { ResponseWriter, type ResponseEvent } from './writer.ts';

const key = '0123456789abcdef0123456789abcdef';
const lookUp = { type: 'function', name: 'look_up', parameters: { type: 'object', properties: {} } };
const tools = [
  lookUp,
  {
    type: 'custom',
    name: 'apply_patch',
    format: { type: 'grammar', syntax: 'lark', definition: 'start: X' },
  },
  { type: 'namespace', name: 'mcp__git', description: 'Git', tools: [{ ...lookUp, name: 'log' }] },
  { type: 'web_search' },
];

const delta = (text: string): AnswerPiece => ({ kind: 'delta', text, tokens: 1 });
const thought = (text: string): AnswerPiece => ({ kind: 'reasoning', text, tokens: 1 });
const call = (index: number, name: string, given: string): readonly AnswerPiece[] => [
  { kind: 'tool-call', index, id: `call_${index}`, name, tokens: 1 },
  { kind: 'tool-arguments', index, text: given, tokens: 1 },
  { kind: 'tool-call-end', index, tokens: 1 },
];
const ending = (reason: AnswerEnd['reason']): AnswerEnd => ({
  kind: 'end',
  reason,
  usage: { promptTokens: 9, cachedTokens: 4, completionTokens: 5, reasoningTokens: 2 },
  timings: { prefillMs: 1, decodeMs: 1 },
});

function open(fields: object = {}): ResponseWriter {
  const body = responseBody.parse({ model: 'm', input: 'Hi', tools, ...fields });
  const book = toolBook(body.tools ?? [], body.tool_choice);
  return new ResponseWriter(openedResponse(body, book, key), {
    key,
    tools: book,
    summary: summaryOf(body) !== null,
  });
}

function told(
  writer: ResponseWriter,
  pieces: readonly AnswerPiece[],
  end: AnswerEnd,
): readonly ResponseEvent[] {
  const events = [...writer.opening(), ...pieces.flatMap((piece) => writer.take(piece)), ...writer.end(end)];
  for (const event of events) requireOfficial('ResponseStreamEvent', event);
  expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, index) => index));
  return events;
}

// The official schemas are many, and compiled for the first event.
describe(`events${needsOfficialSchemas}`, { timeout: 60_000 }, () => {
  it('thinking, a text and calls of each kind come as items of their own', () => {
    const writer = open();
    const events = told(
      writer,
      [
        thought('Hm'),
        thought('.'),
        delta('Look:'),
        ...call(0, 'look_up', '{"a":1}'),
        ...call(1, 'apply_patch', '{"input":"*** Begin\\nX"}'),
        ...call(2, 'mcp__git__log', '{}'),
      ],
      ending('tool-calls'),
    );
    expect(writer.response).toMatchObject({
      status: 'completed',
      output: [
        { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'Hm.' }] },
        { type: 'message', status: 'completed', content: [{ type: 'output_text', text: 'Look:' }] },
        { type: 'function_call', call_id: 'call_0', name: 'look_up', arguments: '{"a":1}' },
        { type: 'custom_tool_call', call_id: 'call_1', name: 'apply_patch', input: '*** Begin\nX' },
        { type: 'function_call', call_id: 'call_2', name: 'log', namespace: 'mcp__git', arguments: '{}' },
      ],
      usage: {
        input_tokens: 9,
        input_tokens_details: { cached_tokens: 4 },
        output_tokens: 5,
        output_tokens_details: { reasoning_tokens: 2 },
        total_tokens: 14,
      },
      tools: [{ name: 'look_up', strict: false }, { name: 'apply_patch' }, { name: 'mcp__git' }],
    });
    const ofThinking = events.filter(({ type, output_index: index }) => index === 0 && type !== '');
    expect(ofThinking.map(({ type }) => type)).toEqual([
      'response.output_item.added',
      'response.content_part.added',
      'response.reasoning_text.delta',
      'response.reasoning_text.delta',
      'response.reasoning_text.done',
      'response.content_part.done',
      'response.output_item.done',
    ]);
    expect(events.filter(({ output_index: index }) => index === 3).map(({ type }) => type)).toEqual([
      'response.output_item.added',
      'response.custom_tool_call_input.delta',
      'response.custom_tool_call_input.done',
      'response.output_item.done',
    ]);
    const ids = writer.response.output.map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
  });

  it('thinking is a summary for clients that ask for one', () => {
    const events = told(
      open({ reasoning: { summary: 'auto' } }),
      [thought('Hm.'), delta('Yes')],
      ending('stop'),
    );
    expect(events.slice(2, 8).map(({ type }) => type)).toEqual([
      'response.output_item.added',
      'response.reasoning_summary_part.added',
      'response.reasoning_summary_text.delta',
      'response.reasoning_summary_text.done',
      'response.reasoning_summary_part.done',
      'response.output_item.done',
    ]);
  });

  it('at the limit the text is told as incomplete, and half a call not at all', () => {
    const writer = open();
    const half = call(0, 'look_up', '{"a').slice(0, 2);
    told(writer, [delta('Loo'), ...half], ending('length'));
    expect(writer.response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ type: 'message', status: 'incomplete' }],
    });
  });

  it('log probabilities stand beside their text', () => {
    const chance = { token: 1, text: 'Y', bytes: null, logprob: -0.5 };
    const piece: AnswerPiece = {
      kind: 'delta',
      text: 'Y',
      tokens: 1,
      logprobs: [{ ...chance, top: [chance] }],
    };
    const [, , , , event] = told(open(), [piece], ending('stop'));
    expect(event).toMatchObject({
      type: 'response.output_text.delta',
      logprobs: [{ token: 'Y', logprob: -0.5, bytes: [89], top_logprobs: [{ token: 'Y' }] }],
    });
  });

  it('an answer without a word is an empty message', () => {
    const writer = open();
    told(writer, [], ending('stop'));
    expect(writer.response.output).toMatchObject([{ type: 'message', content: [{ text: '' }] }]);
  });

  it.each([
    ['context_length_exceeded', 'context_length_exceeded'],
    ['rate_limited', 'rate_limit_exceeded'],
    ['runner_failed', 'server_error'],
  ] as const)('a failure %s is told as %s, with what was written', (code, expected) => {
    const writer = open();
    const events = [
      ...writer.opening(),
      ...writer.take(delta('Lo')),
      ...writer.fail(new ImpetusError(code, 'No.')),
    ];
    for (const event of events) requireOfficial('ResponseStreamEvent', event);
    expect(events.at(-1)).toMatchObject({
      type: 'response.failed',
      response: {
        status: 'failed',
        error: { code: expected, message: 'No.' },
        output: [{ status: 'incomplete' }],
      },
    });
  });
});
