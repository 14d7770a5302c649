import { ImpetusError, type GenerationEvent } from '@impetus/contracts';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { chatPart, generatePart, type PartFormat } from './format.ts';
import { replyWith } from './reply.ts';

const end: GenerationEvent = {
  kind: 'end',
  reason: 'tool-calls',
  usage: { promptTokens: 9, cachedTokens: 4, completionTokens: 5 },
  timings: { prefillMs: 2, decodeMs: 3.5 },
};
const answer: readonly GenerationEvent[] = [
  { kind: 'queued', position: 1 },
  { kind: 'loading', progress: 0.5 },
  { kind: 'prefill', evaluated: 9, total: 9 },
  { kind: 'reasoning', text: 'Hm.', tokens: 1 },
  { kind: 'delta', text: 'Let me see.', tokens: 1 },
  { kind: 'tool-call', index: 0, id: 'a', name: 'weather', tokens: 1 },
  { kind: 'tool-arguments', index: 0, text: '{"city":', tokens: 1 },
  { kind: 'tool-arguments', index: 0, text: '"Ulm"}', tokens: 1 },
  { kind: 'tool-call-end', index: 0, tokens: 0 },
  { kind: 'tool-call', index: 1, id: 'b', name: 'now', tokens: 0 },
  { kind: 'tool-arguments', index: 1, text: '{}', tokens: 0 },
  { kind: 'tool-call-end', index: 1, tokens: 0 },
];

/** What a client reads of an answer to whose events these are; an error ends them where one is given. */
async function read(
  events: readonly GenerationEvent[],
  { stream, format, error }: { stream: boolean; format: PartFormat; error?: ImpetusError },
) {
  async function* told(): AsyncGenerator<GenerationEvent, void> {
    yield* events;
    if (error !== undefined) throw error;
  }
  await using app = Fastify();
  app.get('/', (_request, reply) => replyWith(reply, told(), { model: 'm', stream, format }));
  const { statusCode, headers, body } = await app.inject('/');
  const type = headers['content-type'];
  return {
    statusCode,
    type,
    objects: body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  };
}

const calls = [
  { id: 'a', function: { index: 0, name: 'weather', arguments: { city: 'Ulm' } } },
  { id: 'b', function: { index: 1, name: 'now', arguments: {} } },
];
const counts = {
  done: true,
  done_reason: 'stop',
  prompt_eval_count: 9,
  prompt_eval_duration: 2_000_000,
  eval_count: 5,
  eval_duration: 3_500_000,
};

it('a stream has an object for each piece, calls whole, and counts in the last', async () => {
  const { type, objects } = await read([...answer, end], { stream: true, format: chatPart });
  expect(type).toBe('application/x-ndjson');
  expect(objects).toMatchObject([
    { model: 'm', message: { role: 'assistant', content: '', thinking: 'Hm.' }, done: false },
    { message: { content: 'Let me see.' }, done: false },
    { message: { content: '', tool_calls: [calls[0]] }, done: false },
    { message: { content: '', tool_calls: [calls[1]] }, done: false },
    { message: { content: '' }, ...counts },
  ]);
});

it('a whole answer has all of it', async () => {
  const { objects } = await read([...answer, end], { stream: false, format: chatPart });
  const message = { role: 'assistant', content: 'Let me see.', thinking: 'Hm.', tool_calls: calls };
  expect(objects).toMatchObject([{ model: 'm', message, ...counts }]);
  expect(objects[0]).toMatchObject({ load_duration: expect.any(Number), total_duration: expect.any(Number) });
});

it('a single prompt’s answer is in its own field', async () => {
  const { objects } = await read([...answer.slice(0, 5), end], { stream: true, format: generatePart });
  expect(objects).toMatchObject([
    { response: '', thinking: 'Hm.' },
    { response: 'Let me see.' },
    { response: '' },
  ]);
});

it('a failure in the middle is a last line of words, and half a call is none', async () => {
  const error = new ImpetusError('runner_failed', 'The runner ended.');
  const { statusCode, objects } = await read(answer.slice(0, 7), { stream: true, format: chatPart, error });
  expect(statusCode).toBe(200);
  expect(objects.at(-1)).toEqual({ error: 'The runner ended.' });
  expect(JSON.stringify(objects)).not.toContain('weather');
});
