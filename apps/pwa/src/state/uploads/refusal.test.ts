import { expect, test } from 'vitest';
import { refusalOf } from './refusal.ts';

function answered(body: string): Error {
  return Object.assign(new Error('tus: unexpected response'), { originalResponse: { getBody: () => body } });
}

test.each([
  ['{"error":{"message":"There is no room."}}', 'There is no room.'],
  ['{"message":"This is not a GGUF."}', 'This is not a GGUF.'],
  ['Plain words.', 'Plain words.'],
  ['{"error":{}}', '{"error":{}}'],
])('%s is said as %s', (body, words) => {
  expect(refusalOf(answered(body))).toBe(words);
});

test('without an answer the connection was lost', () => {
  expect(refusalOf(new Error('failed'))).toMatch(/^The connection was lost/u);
  expect(refusalOf(answered(''))).toMatch(/^The connection was lost/u);
});
