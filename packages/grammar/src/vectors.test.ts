import { describe, expect, it } from 'vitest';
import { grammarFor, UnsupportedSchema } from './index.ts';
import { matches } from './testing/matches.ts';
import { rulesFor } from './testing/schema-grammar.ts';

const admits = (schema: unknown, text: string): boolean => {
  const rules = rulesFor(schema);
  return rules !== null && matches(rules, text);
};

describe('numbers, each compared with what its schema says', () => {
  const hundredths = Array.from({ length: 2_601 }, (_, index) => (index - 1_300) / 100);
  it.each([
    { type: 'integer', minimum: -7, maximum: 11 },
    { type: 'integer', exclusiveMinimum: 9, maximum: 12.5 },
    { type: 'integer', minimum: 3 },
    { type: 'integer', multipleOf: 3, minimum: -10, maximum: 10 },
    { type: 'number', minimum: -1.25, exclusiveMaximum: 10.5 },
    { type: 'number', exclusiveMinimum: 0, maximum: 0.75 },
    { type: 'number', exclusiveMinimum: -12.99, exclusiveMaximum: -9.1 },
    { type: 'number', minimum: 0.5, maximum: 0.5 },
  ])('%j', (schema) => {
    const rules = rulesFor(schema);
    const {
      minimum = -Infinity,
      maximum = Infinity,
      exclusiveMinimum = -Infinity,
      exclusiveMaximum = Infinity,
    } = schema as Partial<Record<string, number | string>> as Record<string, number>;
    const wanted = hundredths.filter(
      (value) =>
        value >= minimum &&
        value <= maximum &&
        value > exclusiveMinimum &&
        value < exclusiveMaximum &&
        (schema.type !== 'integer' || Number.isInteger(value)) &&
        (!('multipleOf' in schema) || value % 3 === 0),
    );
    expect(hundredths.filter((value) => rules !== null && matches(rules, String(value)))).toEqual(wanted);
  });

  it('prices: two decimals, always written', () => {
    const price = { type: 'number', multipleOf: 0.01, minimum: 0, maximum: 99.5 };
    expect(['0.00', '0.05', '9.90', '99.50'].every((text) => admits(price, text))).toBe(true);
    expect(['99.51', '-0.01', '1.005', '01.00'].some((text) => admits(price, text))).toBe(false);
  });
});

describe('strings', () => {
  it.each([
    ['^\\d{3}$', ['"123"'], ['"12"', '"1234"', '"abc"']],
    ['b', ['"b"', '"abc"', '"\\nb"'], ['""', '"aac"']],
    ['^(?:a|bc)+$', ['"a"', '"bca"'], ['""', '"b"']],
    ['^a|z$', ['"ax"', '"xz"'], ['"xa"', '"zx"']],
    ['^"$', ['"\\""'], ['"x"']],
    ['^[^\\s]+$', ['"ä😀"'], ['"a b"', '""']],
    ['^\\u{1F600}\\x41$', ['"😀A"'], ['"A"']],
  ])('pattern %s', (pattern, valid, invalid) => {
    const schema = { type: 'string', pattern };
    expect(valid.filter((text) => !admits(schema, text))).toEqual([]);
    expect(invalid.filter((text) => admits(schema, text))).toEqual([]);
  });

  it('counts characters, not units: four emoji are four', () => {
    expect(admits({ type: 'string', maxLength: 4 }, '"😀😀😀😀"')).toBe(true);
    expect(admits({ type: 'string', maxLength: 3 }, '"😀😀😀😀"')).toBe(false);
  });

  it('a long bound is held to exactly', () => {
    const schema = { type: 'string', minLength: 150, maxLength: 250 };
    const lengths = [149, 150, 199, 200, 201, 250, 251];
    expect(lengths.filter((length) => admits(schema, `"${'x'.repeat(length)}"`))).toEqual([
      150, 199, 200, 201, 250,
    ]);
  });

  it('a leap day is a date in a leap year alone', () => {
    const date = { type: 'string', format: 'date' };
    expect(['"2024-02-29"', '"2000-02-29"'].every((text) => admits(date, text))).toBe(true);
    expect(['"2023-02-29"', '"1900-02-29"', '"2024-04-31"'].some((text) => admits(date, text))).toBe(false);
  });
});

describe('objects and arrays', () => {
  it('what is required is there, in the order of the schema, and nothing else', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'boolean' } },
      required: ['b'],
    };
    expect(
      ['{"a":1,"b":true}', '{"b": false}', '{\n  "a": 1, "b": true\n}'].every((text) => admits(schema, text)),
    ).toBe(true);
    expect(['{}', '{"a":1}', '{"b":true,"c":1}', '{"b":true,}'].some((text) => admits(schema, text))).toBe(
      false,
    );
  });

  it('a further property never has the name of a listed one', () => {
    const schema = {
      properties: { a: { type: 'integer' } },
      type: 'object',
      additionalProperties: { type: 'string' },
    };
    expect(admits(schema, '{"a":1,"aa":"x","b":"y"}')).toBe(true);
    expect(admits(schema, '{"a":"x"}')).toBe(false);
    expect(admits(schema, '{"\\u0061":"x"}')).toBe(false);
  });

  it('schemas that refer to themselves end', () => {
    const tree = {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: { next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
          required: ['next'],
        },
      },
    };
    expect(admits(tree, '{"next":{"next":null}}')).toBe(true);
    expect(admits(tree, '{"next":{}}')).toBe(false);
  });

  it('unique items of an enum come each once', () => {
    const schema = { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 1 };
    expect(['["a"]', '["a","c"]', '["a", "b", "c"]'].every((text) => admits(schema, text))).toBe(true);
    expect(['[]', '["a","a"]'].some((text) => admits(schema, text))).toBe(false);
  });

  it('allOf joins, and oneOf tells apart by a constant', () => {
    const joined = {
      allOf: [
        { type: 'object', properties: { a: { minimum: 1 } }, required: ['a'] },
        { properties: { a: { type: 'integer', maximum: 2 } } },
      ],
    };
    expect([0, 1, 2, 3, 1.5].filter((a) => admits(joined, JSON.stringify({ a })))).toEqual([1, 2]);
    const shape = (kind: string) => ({
      type: 'object',
      properties: { kind: { const: kind } },
      required: ['kind'],
    });
    expect(admits({ oneOf: [shape('circle'), shape('square')] }, '{"kind":"square"}')).toBe(true);
  });
});

describe('what cannot be promised is refused by name', () => {
  it.each([
    ['not', { not: { type: 'string' } }],
    ['if', { if: { required: ['a'] }, else: { required: ['b'] } }],
    ['patternProperties', { type: 'object', patternProperties: { '^x': {} } }],
    ['uniqueItems', { type: 'array', items: { type: 'string' }, uniqueItems: true }],
    ['oneOf', { oneOf: [{ type: 'integer' }, { type: 'number' }] }],
    ['pattern', { type: 'string', pattern: '(?=a)' }],
    ['pattern', { type: 'string', pattern: '(' }],
    ['pattern', { type: 'string', pattern: '(a)\\1' }],
    ['format', { type: 'string', format: 'idn-email' }],
    ['minProperties', { type: 'object', minProperties: 3 }],
    ['$ref', { $ref: 'https://example.com/schema.json' }],
    ['$ref', { $ref: '#' }],
    ['$ref', { $ref: '#/$defs/missing' }],
    ['multipleOf', { type: 'number', multipleOf: 0.123456 }],
    ['multipleOf', { type: 'number', multipleOf: 0 }],
    ['type', { type: 'strnig' }],
    ['enum', { enum: 'a' }],
    ['required', { type: 'object', required: 'a' }],
    ['minimum', { type: 'integer', minimum: 1e300 }],
    ['schema', { type: 'string', const: 1 }],
    ['schema', 7],
    ['schema', null],
  ])('%s: %j', (keyword, schema) => {
    const refusal = attempt(() => grammarFor(schema));
    expect(refusal).toBeInstanceOf(UnsupportedSchema);
    expect((refusal as UnsupportedSchema).keyword).toBe(keyword);
  });

  it('what nests without end is refused before the stack is full', () => {
    const deep = Array.from({ length: 5_000 }).reduce<object>(
      (schema) => ({ type: 'array', items: schema }),
      {},
    );
    expect(attempt(() => grammarFor(deep))).toBeInstanceOf(UnsupportedSchema);
  });
});

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
