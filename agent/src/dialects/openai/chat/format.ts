import type { AnswerPiece, TokenLogprob, ToolCall } from '@impetus/contracts';
import { CallBuffer } from '../../../wire/call-buffer.ts';
import type { WholeChoice } from '../../../wire/whole-answer.ts';
import { accounts } from '../accounts.ts';
import { finishReason, type ReplyFormat, type ReplyHead, type StreamFormat } from '../format.ts';
import { chatLogprobs } from '../logprobs.ts';

export const chatFormat: ReplyFormat = {
  idPrefix: 'chatcmpl-',
  whole: (head, answers) => ({
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices: answers.flatMap(({ choices }) => choices).map(wholeChoice),
    ...accounts(answers.map(({ end }) => end)),
  }),
  stream: (head, { choices }) => chatStream(head, choices),
  usage: (head, ends) => ({ ...chunkHead(head), choices: [], ...accounts(ends) }),
};

function wholeChoice({ text, reasoning, toolCalls, logprobs, reason }: WholeChoice, index: number) {
  return {
    index,
    message: {
      role: 'assistant',
      content: text === '' && toolCalls.length > 0 ? null : text,
      refusal: null,
      ...(reasoning !== '' && { reasoning_content: reasoning }),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(wholeCall) }),
    },
    logprobs: logprobs.length > 0 ? chatLogprobs(logprobs) : null,
    finish_reason: finishReason(reason),
  };
}

function wholeCall({ id, name, arguments: given }: ToolCall) {
  return { id, type: 'function', function: { name, arguments: given } };
}

function chatStream(head: ReplyHead, choices: number): StreamFormat {
  const calls = new CallBuffer();
  const chunk = (index: number, delta: object, logprobs: readonly TokenLogprob[] = []) => ({
    ...chunkHead(head),
    choices: [
      { index, delta, logprobs: logprobs.length > 0 ? chatLogprobs(logprobs) : null, finish_reason: null },
    ],
  });
  return {
    opening: () =>
      Array.from({ length: choices }, (_, index) => chunk(index, { role: 'assistant', content: '' })),
    piece(piece) {
      if (piece.kind === 'echo') return [];
      const choice = piece.choice ?? 0;
      if (piece.kind === 'delta') {
        const { text, logprobs = [] } = piece;
        return text === '' && logprobs.length === 0 ? [] : [chunk(choice, { content: text }, logprobs)];
      }
      if (piece.kind === 'reasoning')
        return piece.text === '' ? [] : [chunk(choice, { reasoning_content: piece.text })];
      const call = calls.take(piece);
      return call === null ? [] : callDeltas(piece, call).map((delta) => chunk(choice, delta));
    },
    ending: (index, reason) => ({
      ...chunkHead(head),
      choices: [{ index, delta: {}, logprobs: null, finish_reason: finishReason(reason) }],
    }),
  };
}

/** Its name first and its arguments behind, as every client of streamed calls expects. */
function callDeltas(
  { index }: Extract<AnswerPiece, { index: number }>,
  { id, name, arguments: given }: ToolCall,
) {
  return [
    { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
    { tool_calls: [{ index, function: { arguments: given } }] },
  ];
}

function chunkHead({ id, created, model }: ReplyHead) {
  return { id, object: 'chat.completion.chunk', created, model };
}
