import { embeddingBody } from '@impetus/contracts/openai';
import { expect, it } from 'vitest';
import { parseBody } from '../../../wire/validation.ts';
import { toInputs } from './inputs.ts';

const read = (input: unknown) => toInputs(parseBody(embeddingBody, { model: 'm', input }).input);

it.each([
  ['a', ['a']],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [[1, 2], [[1, 2]]],
  [
    [[1], [2, 3]],
    [[1], [2, 3]],
  ],
])('%j', (input, expected) => {
  expect(read(input)).toEqual(expected);
});

it.each([
  [undefined, "'input' is required"],
  [[], "'input' must not be empty"],
  ['', "'input' must not be empty"],
  [['a', ''], "'input[1]' must not be empty"],
  [{ text: 'a' }, "'input' has the wrong type"],
  [['a', 1], "'input[1]' must be a string"],
  [[-1], "'input[0]' must be at least 0"],
])('%j is refused', (input, message) => {
  expect(() => read(input)).toThrow(message);
});
