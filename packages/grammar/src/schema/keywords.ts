import { UnsupportedSchema } from '../errors.ts';
import type { Located } from './shape.ts';
import { isRecord } from './references.ts';

/** What no grammar of a reasonable size can hold to, and why. What is neither here nor read elsewhere is an annotation. */
const refused: Readonly<Record<string, string>> = {
  not: 'what a text must not be is not expressed by a grammar.',
  if: 'a condition on one part of the document binds another.',
  contains: 'which item fits would have to be remembered.',
  patternProperties: 'names by pattern are not supported; list the properties.',
  propertyNames: 'names by rule are not supported; list the properties.',
  dependentRequired: 'a property that needs another is not supported; use anyOf.',
  dependentSchemas: 'a property that changes the schema is not supported; use anyOf.',
  dependencies: 'a property that needs another is not supported; use anyOf.',
  unevaluatedItems: 'use items or prefixItems.',
  $dynamicRef: 'use $ref.',
  $recursiveRef: 'use $ref.',
};

/** A schema as its keywords, once it is certain that all of them can be honoured. */
export function keywordsOf({ schema, pointer }: Located): Readonly<Record<string, unknown>> {
  if (!isRecord(schema))
    throw new UnsupportedSchema('schema', pointer, 'a schema is an object, true or false.');
  for (const [keyword, reason] of Object.entries(refused)) {
    const value = schema[keyword];
    if (value === undefined || (isRecord(value) && Object.keys(value).length === 0 && keyword !== 'not'))
      continue;
    throw new UnsupportedSchema(keyword, pointer, reason);
  }
  return schema;
}

/** Reads keywords of one schema, each with the type that it has to have. */
export class Keywords {
  readonly #schema: Readonly<Record<string, unknown>>;
  readonly #pointer: string;

  constructor(located: Located) {
    this.#schema = keywordsOf(located);
    this.#pointer = located.pointer;
  }

  has(name: string): boolean {
    return this.#schema[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.#schema[name];
  }

  refuse(name: string, reason: string): never {
    throw new UnsupportedSchema(name, this.#pointer, reason);
  }

  number(name: string): number | null {
    const value = this.#schema[name];
    if (value === undefined) return null;
    if (typeof value !== 'number' || !Number.isFinite(value)) this.refuse(name, 'it is not a number.');
    return value;
  }

  /** How many of something; null where nothing is said. */
  count(name: string): number | null {
    const value = this.number(name);
    if (value !== null && (value < 0 || !Number.isInteger(value))) this.refuse(name, 'it is not a count.');
    return value;
  }

  text(name: string): string | null {
    const value = this.#schema[name];
    if (value === undefined) return null;
    if (typeof value !== 'string') this.refuse(name, 'it is not text.');
    return value;
  }

  names(name: string): readonly string[] {
    const value = this.#schema[name];
    if (value === undefined) return [];
    // Draft 4 has booleans of this name, on the property itself.
    if (typeof value === 'boolean') return [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      this.refuse(name, 'it is not a list of names.');
    }
    return value;
  }

  schema(name: string): Located | null {
    const schema = this.#schema[name];
    return schema === undefined ? null : { schema, pointer: `${this.#pointer}/${name}` };
  }

  schemas(name: string): readonly Located[] | null {
    const value = this.#schema[name];
    if (value === undefined) return null;
    if (!Array.isArray(value)) this.refuse(name, 'it is not a list of schemas.');
    return (value as unknown[]).map((schema, index) => ({
      schema,
      pointer: `${this.#pointer}/${name}/${index}`,
    }));
  }
}
