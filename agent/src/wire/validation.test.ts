import { ImpetusError } from '@impetus/contracts';
import { chatCompletionBody } from '@impetus/contracts/openai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseBody } from './validation.ts';

const good = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };

function refusal(body: unknown): ImpetusError {
  try {
    parseBody(chatCompletionBody, body);
  } catch (error) {
    if (error instanceof ImpetusError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('parseBody', () => {
  it('refuses what is nested deeper than anybody means, and takes what is not', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    expect(() => parseBody(chatCompletionBody, { ...good, unknown: nested(150) })).not.toThrow();
    expect(refusal({ ...good, unknown: nested(4_000) })).toMatchObject({
      code: 'invalid_request',
      message: 'The body is nested more than 200 levels deep.',
    });
  });

  it('lets unknown fields and nulls pass', () => {
    expect(parseBody(chatCompletionBody, { ...good, temperature: null, metadata: { a: 1 } })).toMatchObject(
      good,
    );
  });

  it.each([
    ['a body that is no object', [], undefined, 'invalid_type', /JSON object/u],
    ['a missing field', { model: 'm' }, 'messages', 'missing_required_parameter', /'messages' is required/u],
    [
      'a wrong type',
      { ...good, temperature: 'hot' },
      'temperature',
      'invalid_type',
      /a number, but a string/u,
    ],
    ['a number out of range', { ...good, temperature: 3 }, 'temperature', 'invalid_value', /at most 2/u],
    [
      'a fraction for a whole number',
      { ...good, max_tokens: 1.5 },
      'max_tokens',
      'invalid_type',
      /an integer/u,
    ],
    ['zero tokens', { ...good, max_tokens: 0 }, 'max_tokens', 'invalid_value', /at least 1/u],
    ['no messages', { ...good, messages: [] }, 'messages', 'empty_array', /not be empty/u],
    [
      'an unknown role',
      { ...good, messages: [{ role: 'wizard', content: '' }] },
      'messages[0].role',
      'invalid_value',
      /one of "system"/u,
    ],
    [
      'content of a wrong type',
      { ...good, messages: [{ role: 'user', content: 5 }] },
      'messages[0].content',
      'invalid_type',
      /wrong type: a number/u,
    ],
    [
      'a content part without a type',
      { ...good, messages: [{ role: 'user', content: [{ text: 'x' }] }] },
      'messages[0].content[0].type',
      'missing_required_parameter',
      /is required/u,
    ],
  ])('names the field of %s', (_, body, param, detail, message) => {
    const error = refusal(body);
    expect(error.code).toBe('invalid_request');
    expect(error.param).toBe(param);
    expect(error.detail).toBe(detail);
    expect(error.message).toMatch(message);
  });

  it('uses the words of a schema that has its own', () => {
    const schema = z.object({
      wait: z.union([z.literal('never'), z.number()], { error: 'Choose “never” or minutes.' }),
    });
    expect(() => parseBody(schema, { wait: 'soon' })).toThrow(
      "'wait' is not valid: Choose “never” or minutes.",
    );
  });
});
