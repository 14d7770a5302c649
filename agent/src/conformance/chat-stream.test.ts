import { expect, it } from 'vitest';
import { readChatStream } from './chat-stream.ts';
import { toEvent } from './endpoint.ts';

const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm' };
const chunk = (delta: object, finish: string | null = null, changes: object = {}) => ({
  event: null,
  data: { ...head, choices: [{ index: 0, delta, finish_reason: finish }], ...changes },
});
const opening = chunk({ role: 'assistant', content: '' });
const done = { event: null, data: '[DONE]' };
const read = (...events: { event: null; data: unknown }[]) =>
  readChatStream({ status: 200, body: null, events, firstMs: 1 });
const call = (index: number, part: object, id?: string) =>
  chunk({ tool_calls: [{ index, id, function: part }] });

it('puts text, calls and usage together', () => {
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
  const chat = read(
    opening,
    chunk({ reasoning_content: 'Hm. ' }),
    chunk({ content: 'Well' }),
    call(0, { name: 'a', arguments: '{"x"' }, 'call_1'),
    call(1, { name: 'b', arguments: '{}' }, 'call_2'),
    call(0, { arguments: ':1}' }),
    chunk({}, 'tool_calls'),
    { event: null, data: { ...head, choices: [], usage } },
    done,
  );
  expect(chat).toEqual({
    text: 'Hm. Well',
    pieces: 2,
    calls: [
      { name: 'a', arguments: '{"x":1}' },
      { name: 'b', arguments: '{}' },
    ],
    finishReason: 'tool_calls',
    usage,
  });
});

it.each([
  ['does not end with [DONE]', [opening, chunk({}, 'stop')]],
  ['0 finish reasons', [opening, chunk({ content: 'a' }), done]],
  ['2 finish reasons', [opening, chunk({}, 'stop'), chunk({}, 'stop'), done]],
  ['no role', [chunk({ content: 'a' }), chunk({}, 'stop'), done]],
  ['different ids', [opening, chunk({}, 'stop', { id: 'chatcmpl-2' }), done]],
  ['different ids', [opening, chunk({}, 'stop', { created: 2 }), done]],
  ['without an id', [opening, call(0, { name: 'a' }), chunk({}, 'tool_calls'), done]],
  ['without a name', [opening, call(0, { arguments: '{}' }, 'call_1'), chunk({}, 'tool_calls'), done]],
  ['not the form', [{ event: null, data: { error: { message: 'no' } } }, done]],
])('says what is wrong with a stream: %s', (words, events) => {
  expect(() => read(...events)).toThrow(words);
});

it('says what an endpoint says that refuses', () => {
  const body = { error: { message: 'This key was revoked.', code: 'invalid_api_key' } };
  expect(() => readChatStream({ status: 401, body, events: [], firstMs: 0 })).toThrow(
    'This key was revoked.',
  );
});

it('reads events, and passes over comments', () => {
  expect(toEvent(': waiting')).toBeNull();
  expect(toEvent('event: message_stop\ndata: {"type":"message_stop"}')).toEqual({
    event: 'message_stop',
    data: { type: 'message_stop' },
  });
  expect(toEvent('data: [DONE]')).toEqual({ event: null, data: '[DONE]' });
});
