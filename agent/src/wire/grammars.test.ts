import { expect, it } from 'vitest';
import { schemaGrammar } from './grammars.ts';

/** Each leads to the next, and the last to a value. */
const chain = (links: number) => {
  const link = (index: number) => ({ type: 'array', prefixItems: [{ $ref: `#/$defs/a${index + 1}` }] });
  const names = Array.from({ length: links }, (_, index) => [`a${index}`, link(index)] as const);
  return { $ref: '#/$defs/a0', $defs: { ...Object.fromEntries(names), [`a${links}`]: { const: 1 } } };
};

it.each([
  ['references that lead too deep', chain(1_800)],
  ['a schema that is too long', { enum: ['x'.repeat(200_000)] }],
  ['a pattern that is too long', { type: 'string', pattern: 'a?'.repeat(2_000) }],
  ['a pattern of deep groups', { type: 'string', pattern: `${'('.repeat(300)}a${')'.repeat(300)}` }],
])('%s is refused as what it is', (_, schema) => {
  expect(() => schemaGrammar(schema, 'schema')).toThrow(
    expect.objectContaining({ code: 'invalid_request', param: 'schema', detail: 'invalid_json_schema' }),
  );
});
