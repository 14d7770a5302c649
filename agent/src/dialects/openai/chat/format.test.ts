import type { AnswerPiece } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { chatFormat } from './format.ts';

const head = { id: 'chatcmpl-1', created: 1, model: 'm' };

const deltas = (...pieces: readonly AnswerPiece[]): unknown[] => {
  const stream = chatFormat.stream(head, { first: 0, choices: 1 });
  return pieces
    .flatMap((piece) => stream.piece(piece))
    .map((chunk) => (chunk as { choices: { delta: object }[] }).choices[0]?.delta);
};

const start: AnswerPiece = { kind: 'tool-call', index: 0, id: 'c1', name: 'weather', tokens: 3 };
const given: AnswerPiece = { kind: 'tool-arguments', index: 0, text: '{"city":', tokens: 2 };
const rest: AnswerPiece = { kind: 'tool-arguments', index: 0, text: '"Ulm"}', tokens: 2 };

it('a whole call comes with its id and name first, its arguments behind, each with the index', () => {
  expect(deltas(start, given, rest, { kind: 'tool-call-end', index: 0, tokens: 1 })).toEqual([
    { tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'weather', arguments: '' } }] },
    { tool_calls: [{ index: 0, function: { arguments: '{"city":"Ulm"}' } }] },
  ]);
});

it('half a call is never sent', () => {
  expect(deltas(start, given)).toEqual([]);
});

it('thinking never stands in the content', () => {
  expect(
    deltas({ kind: 'reasoning', text: 'Hm.', tokens: 1 }, { kind: 'delta', text: 'Yes', tokens: 1 }),
  ).toEqual([{ reasoning_content: 'Hm.' }, { content: 'Yes' }]);
});

it('a stop that was a call is told as one, and each choice by itself', () => {
  const stream = chatFormat.stream(head, { first: 0, choices: 2 });
  expect(stream.opening()).toHaveLength(2);
  expect(stream.ending(1, 'tool-calls')).toMatchObject({
    choices: [{ index: 1, finish_reason: 'tool_calls' }],
  });
});
