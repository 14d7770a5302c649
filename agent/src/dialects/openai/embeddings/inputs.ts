import { ImpetusError } from '@impetus/contracts';
import type { EmbeddingBody } from '@impetus/contracts/openai';

/** What is to be embedded, one entry for each vector. Numbers are tokens. */
export function toInputs(input: EmbeddingBody['input']): readonly (string | number[])[] {
  if (typeof input === 'string') return [notEmpty(input, 'input')];
  if (isTokens(input)) return [input];
  return input.map((one, index) => (typeof one === 'string' ? notEmpty(one, `input[${index}]`) : one));
}

function isTokens(input: Exclude<EmbeddingBody['input'], string>): input is number[] {
  return typeof input[0] === 'number';
}

function notEmpty(text: string, param: string): string {
  if (text !== '') return text;
  throw new ImpetusError('invalid_request', `'${param}' must not be empty.`, {
    param,
    detail: 'invalid_value',
  });
}
