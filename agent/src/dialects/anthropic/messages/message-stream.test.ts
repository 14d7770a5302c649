import type { AnswerEnd, AnswerPiece, GenerationEvent } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { wholeAnswer } from '../../../wire/whole-answer.ts';
import { MessageStream, type MessageEvent } from './message-stream.ts';
import { toMessage, type MessageHead } from './message.ts';

const head: MessageHead = { id: 'msg_1', model: 'm', maxTokens: 50, stops: ['END'], hidesThinking: false };
const end: AnswerEnd = {
  kind: 'end',
  reason: 'tool-calls',
  usage: { promptTokens: 12, cachedTokens: 4, completionTokens: 20, reasoningTokens: 3 },
  timings: { prefillMs: 1, decodeMs: 1 },
};
const prefill: GenerationEvent = { kind: 'prefill', evaluated: 4, total: 12 };

/** One text in pieces of the given length. */
const cut = (text: string, size: number) => text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? [];

const call = (index: number, given: string, size: number): readonly AnswerPiece[] => [
  { kind: 'tool-call', index, id: `t${index}`, name: 'weather', tokens: 1 },
  ...cut(given, size).map((text) => ({ kind: 'tool-arguments', index, text, tokens: 1 }) as const),
  { kind: 'tool-call-end', index, tokens: 0 },
];

const answer = (size: number): readonly GenerationEvent[] => [
  { kind: 'queued', position: 1 },
  prefill,
  ...cut('I have to look.', size).map((text) => ({ kind: 'reasoning', text, tokens: 1 }) as const),
  { kind: 'delta', text: '', tokens: 1 },
  ...cut('Looking, näher 👀.', size).map((text) => ({ kind: 'delta', text, tokens: 1 }) as const),
  ...call(0, '{"city":"Ulm"}', size),
  ...call(1, '{"city":"Bonn"}', size),
  end,
];

function events(pieces: readonly GenerationEvent[], own: Partial<MessageHead> = {}): readonly MessageEvent[] {
  const stream = new MessageStream({ ...head, ...own });
  return pieces.flatMap((piece) => stream.hear(piece));
}

interface Block {
  type: string;
  [field: string]: unknown;
}

/** The message that a client puts together, as Anthropic describes it. */
function assembled(stream: readonly MessageEvent[]): Record<string, unknown> {
  const content: Block[] = [];
  let message: Record<string, unknown> = {};
  for (const event of stream) {
    if (event.type === 'message_start') message = { ...(event['message'] as object) };
    if (event.type === 'message_delta')
      message = { ...message, ...(event['delta'] as object), usage: event['usage'] };
    if (event.type === 'content_block_start') {
      expect(event['index']).toBe(content.length);
      content.push({ ...(event['content_block'] as Block) });
    }
    if (event.type !== 'content_block_delta') continue;
    const block = content.at(-1);
    const { type, ...delta } = event['delta'] as Record<string, string>;
    if (block === undefined) throw new Error('a delta without a block');
    if (type === 'input_json_delta') block['input'] = JSON.parse(delta['partial_json'] ?? '');
    else for (const [field, text] of Object.entries(delta)) block[field] = `${String(block[field])}${text}`;
  }
  return { ...message, content };
}

async function* from(pieces: readonly GenerationEvent[]): AsyncGenerator<GenerationEvent> {
  yield* pieces;
}

describe('a stream', () => {
  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    'in pieces of %d characters is the message that comes whole',
    async (size) => {
      const whole = toMessage(head, await wholeAnswer(from(answer(size))));
      const blocks = whole.content.map((block) =>
        Object.entries(block).filter(([name]) => name !== 'citations'),
      );
      expect(assembled(events(answer(size)))).toEqual({
        ...whole,
        content: blocks.map((block) => Object.fromEntries(block)),
      });
    },
  );

  it('begins with what the prompt took, and closes each block before the next', () => {
    const told = events(answer(100));
    expect(told[0]).toMatchObject({
      type: 'message_start',
      message: { usage: { input_tokens: 8, cache_read_input_tokens: 4, output_tokens: 0 } },
    });
    expect(
      told.map(({ type, index }) => (index === undefined ? type : `${type} ${JSON.stringify(index)}`)),
    ).toEqual([
      'message_start',
      'content_block_start 0',
      'content_block_delta 0',
      'content_block_delta 0',
      'content_block_stop 0',
      'content_block_start 1',
      'content_block_delta 1',
      'content_block_stop 1',
      ...[2, 3].flatMap((index) =>
        ['start', 'delta', 'stop'].map((part) => `content_block_${part} ${index}`),
      ),
      'message_delta',
      'message_stop',
    ]);
    expect(told.at(-2)).toMatchObject({
      usage: { input_tokens: 8, output_tokens: 20, output_tokens_details: { thinking_tokens: 3 } },
    });
  });

  it('begins the message before its content, also where no prompt was read', () => {
    const [first] = events(answer(100).filter(({ kind }) => kind !== 'prefill'));
    expect(first?.type).toBe('message_start');
  });

  it('never tells half a call', () => {
    const half = call(0, '{"city":"Ulm"}', 3).slice(0, -1);
    const told = events([prefill, ...half, { ...end, reason: 'length' }]);
    expect(told.map(({ type }) => type)).toEqual(['message_start', 'message_delta', 'message_stop']);
  });

  it('tells that the model thinks, and not what, where the client wants it so', () => {
    const told = events(answer(100), { hidesThinking: true });
    expect(JSON.stringify(told)).not.toContain('look');
    expect(assembled(told)['content']).toMatchObject([
      { type: 'thinking', thinking: '', signature: 'impetus' },
      {},
      {},
      {},
    ]);
  });
});

describe('the reason', () => {
  it.each([
    ['the model ended', { reason: 'stop' }, 'end_turn', null],
    ['a string of the client’s', { reason: 'stop', stopString: 'END' }, 'stop_sequence', 'END'],
    ['a string of the model’s own', { reason: 'stop', stopString: '<|end|>' }, 'end_turn', null],
    ['the context is full', { reason: 'length' }, 'model_context_window_exceeded', null],
    ['the limit', { reason: 'length', usage: { ...end.usage, completionTokens: 50 } }, 'max_tokens', null],
    ['calls', { reason: 'tool-calls' }, 'tool_use', null],
  ] as const)('%s', (_, how, reason, stop) => {
    const told = events([prefill, { ...end, ...how }]);
    expect(told.at(-2)).toMatchObject({ delta: { stop_reason: reason, stop_sequence: stop } });
  });
});
