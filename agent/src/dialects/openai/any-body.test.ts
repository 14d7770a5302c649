import { ImpetusError } from '@impetus/contracts';
import { chatCompletionBody, completionBody, embeddingBody, fimBody } from '@impetus/contracts/openai';
import { responseBody } from '@impetus/contracts/openai-responses';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBody } from '../../wire/validation.ts';
import { toChatGeneration } from './chat/request.ts';
import { chooseBest } from './completions/best-of.ts';
import { toCompletionGenerations } from './completions/request.ts';
import { toInputs } from './embeddings/inputs.ts';
import { toFimGeneration } from './fim.ts';
import { openedResponse } from './responses/resource.ts';
import { refuseUnsupported, toResponseGeneration } from './responses/request.ts';
import { storedItems } from './responses/stored-items.ts';
import { toolBook } from './responses/tool-book.ts';

const parameters = { type: 'object', properties: { a: { type: 'integer' } } };
const schema = { type: 'object', properties: { a: { enum: [1, 'x'] } } };
const sampling = { temperature: 1, top_p: 1, top_k: 1, min_p: 0, seed: 1, stop: ['x'], logit_bias: { 7: 1 } };

/** A body with all that is read, and how it is read. */
const endpoints: readonly (readonly [string, object, (body: unknown) => unknown])[] = [
  [
    'chat',
    {
      ...sampling,
      model: 'm',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'a' }] },
        { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'c', content: 'x' },
      ],
      tools: [{ type: 'function', function: { name: 'f', parameters, strict: true } }],
      tool_choice: { type: 'function', function: { name: 'f' } },
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema } },
      reasoning_effort: 'low',
      logprobs: true,
      top_logprobs: 2,
      n: 2,
      stream_options: { include_usage: true },
    },
    (body) => toChatGeneration(parseBody(chatCompletionBody, body)),
  ],
  [
    'completions',
    { ...sampling, model: 'm', prompt: ['a', [1]], suffix: 'b', echo: true, best_of: 2, logprobs: 1 },
    (value) => {
      const body = parseBody(completionBody, value);
      return [toCompletionGenerations(body), chooseBest(body)];
    },
  ],
  [
    'fim',
    { ...sampling, model: 'm', prompt: 'a', suffix: 'b', random_seed: 1, max_tokens: 2 },
    (body) => toFimGeneration(parseBody(fimBody, body)),
  ],
  [
    'embeddings',
    { model: 'm', input: ['a', [1]], dimensions: 2, encoding_format: 'base64' },
    (body) => toInputs(parseBody(embeddingBody, body).input),
  ],
  [
    'responses',
    {
      ...sampling,
      model: 'm',
      instructions: 'i',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'a' }] },
        { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: 'a' }], content: null },
        { type: 'message', id: 'i', role: 'assistant', content: [{ type: 'output_text', text: 'a' }] },
        { type: 'function_call', call_id: 'c', name: 'f', namespace: 'n', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'a' }] },
        { type: 'custom_tool_call', call_id: 'd', name: 'g', input: 'x' },
        { type: 'custom_tool_call_output', call_id: 'd', output: 'x' },
      ],
      tools: [
        { type: 'function', name: 'f', parameters, strict: true },
        { type: 'custom', name: 'g', format: { type: 'grammar', definition: 'd' } },
        { type: 'namespace', name: 'n', description: 'd', tools: [{ type: 'function', name: 'f' }] },
      ],
      tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'f' }] },
      text: { format: { type: 'json_schema', name: 'n', schema }, verbosity: 'low' },
      reasoning: { effort: 'low', summary: 'auto' },
      include: ['message.output_text.logprobs'],
      metadata: { a: 'b' },
    },
    (value) => {
      const body = parseBody(responseBody, value);
      refuseUnsupported(body);
      const tools = toolBook(body.tools ?? [], body.tool_choice);
      const own = Array.isArray(body.input) ? body.input : [];
      return [
        toResponseGeneration(body, { before: [], own }, tools),
        openedResponse(body, tools, 'k'),
        storedItems(own, 'k'),
      ];
    },
  ],
];

/** Every place in a value, as the names on the way there. */
function places(value: unknown, before: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [before];
  return [before, ...Object.entries(value).flatMap(([name, inner]) => places(inner, [...before, name]))];
}

function changed(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  if (to === undefined && rest.length === 0) delete copy[name];
  else copy[name] = changed(copy[name], rest, to);
  return copy;
}

const odd = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    0,
    -1,
    1e308,
    '',
    'x',
    '__proto__',
    'constructor',
    [],
    {},
    [null],
    [[]],
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constant('x'.repeat(5_000)),
  fc.constantFrom('function', 'custom', 'namespace', 'message', 'item_reference', 'auto', 'required', 'none'),
);

describe('whatever a body holds, it is read or refused in words', { timeout: 60_000 }, () => {
  it.each(endpoints)('%s', (_, good, read) => {
    const everywhere = places(good);
    const changes = fc.array(fc.tuple(fc.constantFrom(...everywhere), odd), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(changes, (list) => {
        const body = list.reduce<unknown>((value, [place, to]) => {
          try {
            return changed(value, place, to);
          } catch {
            return value;
          }
        }, good);
        try {
          read(body);
        } catch (error) {
          if (!(error instanceof ImpetusError)) throw error;
          expect(error.code).toBe('invalid_request');
          expect(error.message.length).toBeLessThan(2_000);
        }
      }),
      { numRuns: 300 },
    );
  });
});
