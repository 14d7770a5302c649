import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { UnsupportedSchema } from './errors.ts';
import { derive } from './testing/derive.ts';
import { rulesFor, seededRandom } from './testing/schema-grammar.ts';
import { createValidator } from './testing/validator.ts';

const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.integer({ min: -50, max: 50 }),
  fc.boolean(),
  fc.constant(null),
);
const bound = fc.oneof(
  fc.integer({ min: -1_200, max: 1_200 }),
  fc.integer({ min: -9_999, max: 9_999 }).map((n) => n / 100),
);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const defined = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const numbers = fc
  .record({
    type: fc.constantFrom('integer', 'number'),
    minimum: some(bound),
    maximum: some(bound),
    exclusiveMinimum: some(bound),
    exclusiveMaximum: some(bound),
    multipleOf: some(fc.constantFrom(1, 2, 5, 7, 10, 0.5, 0.01, 2.5, 100)),
  })
  .map(defined);

const strings = fc
  .record({
    type: fc.constant('string'),
    minLength: some(fc.integer({ min: 0, max: 12 })),
    maxLength: some(fc.integer({ min: 0, max: 230 })),
    pattern: some(
      fc.constantFrom(
        '^[a-z]+$',
        '^\\d{3}-\\d{4}$',
        'foo|bar',
        '^(a|b)*c?$',
        '[^x]y',
        '^\\p{Lu}',
        '^$',
        '^"\\\\?\\w{2,5}"$',
        '^.{1,20}$',
        '\\n',
      ),
    ),
    format: some(
      fc.constantFrom(
        'date',
        'date-time',
        'time',
        'email',
        'ipv4',
        'ipv6',
        'uri',
        'uuid',
        'hostname',
        'duration',
        'json-pointer',
      ),
    ),
  })
  .filter(({ pattern, format }) => pattern === undefined || format === undefined)
  .map(defined);

const names = fc.constantFrom('a', 'b', 'name', 'äö', 'a"b', '');

const schemas = fc.letrec<{
  schema: unknown;
  object: Record<string, unknown>;
  array: Record<string, unknown>;
}>((tie) => ({
  object: fc
    .record({
      type: fc.constant('object'),
      properties: fc.dictionary(names, tie('schema'), { maxKeys: 4 }),
      required: fc.uniqueArray(names, { maxLength: 3 }),
      additionalProperties: some(fc.oneof(fc.boolean(), tie('schema'))),
      minProperties: some(fc.integer({ min: 0, max: 1 })),
    })
    .map(defined),
  array: fc
    .record({
      type: fc.constant('array'),
      items: some(tie('schema')),
      prefixItems: some(fc.array(tie('schema'), { minLength: 1, maxLength: 3 })),
      minItems: some(fc.integer({ min: 0, max: 3 })),
      maxItems: some(fc.integer({ min: 0, max: 5 })),
      uniqueItems: some(fc.boolean()),
    })
    .map(defined),
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    numbers,
    strings,
    fc.constantFrom<unknown>({ type: 'boolean' }, { type: 'null' }, {}, true, { type: ['string', 'null'] }),
    fc.array(scalar, { minLength: 1, maxLength: 5 }).map((values) => ({ enum: values })),
    scalar.map((value) => ({ const: value })),
    tie('object'),
    tie('array'),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((oneOf) => ({ oneOf })),
    fc.array(tie('object'), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
  ),
}));

it('1,500 generated schemas: whatever is derived from an accepted one satisfies it', () => {
  const ajv = createValidator();
  let accepted = 0;
  let derived = 0;
  const check = (schema: unknown, seed: number) => {
    const validate = ajv.compile(schema as object);
    const rules = attempt(() => rulesFor(schema));
    if (rules === null) return;
    accepted += 1;
    const random = seededRandom(seed);
    for (let count = 0; count < 6; count += 1) {
      const text = derive(rules, random);
      const value: unknown = JSON.parse(text);
      expect(validate(value), `${text} for ${JSON.stringify(schema)}`).toBe(true);
      derived += 1;
    }
  };
  fc.assert(fc.property(schemas.schema, fc.integer(), check), {
    numRuns: 1_500,
    seed: 20_26,
    endOnFailure: true,
  });
  // Refusals are allowed, but must be the exception.
  expect(accepted).toBeGreaterThan(1_000);
  expect(derived).toBe(accepted * 6);
}, 120_000);

function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof UnsupportedSchema) return null;
    throw error;
  }
}
