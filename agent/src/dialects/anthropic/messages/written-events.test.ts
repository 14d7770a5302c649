import { ImpetusError, type GenerationEvent } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { MessageStream } from './message-stream.ts';
import { filler, writtenEvents } from './written-events.ts';

const head = { id: 'msg_1', model: 'm', maxTokens: 50, stops: [], hidesThinking: false };

async function* failing(error: Error): AsyncGenerator<GenerationEvent> {
  yield { kind: 'prefill', evaluated: 0, total: 3 };
  yield { kind: 'delta', text: 'Hel', tokens: 1 };
  throw error;
}

it.each([
  [new ImpetusError('runner_failed', 'The runner ended.'), 'api_error', 'The runner ended.'],
  [new ImpetusError('timeout', 'It took too long.'), 'timeout_error', 'It took too long.'],
  [new Error('secret'), 'api_error', expect.not.stringContaining('secret')],
])('what a stream fails with is its last event: %s', async (error, type, message) => {
  const stream = new MessageStream(head);
  const written = await Array.fromAsync(writtenEvents(stream, failing(error), 'req'));
  const [name, data = ''] = written.at(-1)?.split('\n') ?? [];
  expect(name).toBe('event: error');
  expect(JSON.parse(data.slice('data: '.length))).toEqual({
    type: 'error',
    error: { type, message },
    request_id: 'req',
  });
});

it('keeps a connection open by comments before a message begins, by pings from then on', () => {
  const stream = new MessageStream(head);
  expect(filler(stream)).toMatch(/^: /u);
  stream.hear({ kind: 'prefill', evaluated: 0, total: 3 });
  expect(filler(stream)).toBe('event: ping\ndata: {"type":"ping"}\n\n');
});
