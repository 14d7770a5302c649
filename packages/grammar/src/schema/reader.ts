import { UnsupportedSchema } from '../errors.ts';
import { acceptsText, AutomatonTooLarge } from '../regex/automaton.ts';
import { compileRegex } from '../regex/compile.ts';
import { UnsupportedRegex } from '../regex/parse.ts';
import { isMultiple } from '../shapes/decimals.ts';
import type { Bound } from '../shapes/numbers.ts';
import { formats, unknownFormats } from './formats.ts';
import { intersectShapes, propertyOf } from './intersect.ts';
import { Keywords } from './keywords.ts';
import { escapeSegment, isRecord, resolveReference } from './references.ts';
import { anything, type Conjunction, type Json, type Located, type Shape, type TextRule } from './shape.ts';

/** Schemas that multiply beyond this would make a grammar that nobody can use. */
const mostShapes = 400;

const typeNames = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const;

/** Reads the schemas of one document, each as the shapes that its values can have. */
export class SchemaReader {
  readonly #document: Located;
  readonly #texts = new Map<string, TextRule>();
  readonly #known = new Map<string, readonly Shape[]>();
  /** Those that are being read; a schema may speak of itself. */
  readonly #open = new Set<string>();

  /** `pointer` is where the document stands among others; it tells its schemas from theirs. */
  constructor(document: Located) {
    this.#document = document;
  }

  /** What satisfies all of the schemas; none where nothing can. Throws UnsupportedSchema. */
  shapes(conjunction: Conjunction): readonly Shape[] {
    const key = keyOf(conjunction);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const pointer = conjunction[0]?.pointer ?? '';
    if (this.#open.has(key)) throw new UnsupportedSchema('$ref', pointer, 'it describes a value by itself.');
    this.#open.add(key);
    let shapes = anything;
    for (const located of conjunction)
      shapes = this.#meet(shapes, this.#shapesOf(located, []), located.pointer);
    this.#open.delete(key);
    this.#known.set(key, shapes);
    return shapes;
  }

  #shapesOf(located: Located, following: readonly string[]): readonly Shape[] {
    if (located.schema === true) return anything;
    if (located.schema === false) return [];
    const keywords = new Keywords(located);
    let shapes = typed(keywords).flatMap((kind) => this.#constrained(kind, keywords, located.pointer));
    const meet = (others: readonly Shape[]): void => {
      shapes = [...this.#meet(shapes, others, located.pointer)];
    };
    const nested = (schema: Located): readonly Shape[] => this.#shapesOf(schema, following);

    const literals = literalsOf(keywords);
    if (literals !== null) meet(literals.map((value) => ({ kind: 'literal', value })));
    if (keywords.has('$ref')) meet(this.#referred(keywords, located, following));
    for (const schema of keywords.schemas('allOf') ?? []) meet(nested(schema));
    const any = keywords.schemas('anyOf');
    if (any !== null) meet(any.flatMap(nested));
    const one = keywords.schemas('oneOf');
    if (one === null) return shapes;
    const branches = one.map((schema) => this.#meet(shapes, nested(schema), schema.pointer));
    return this.#exactlyOne(branches, located.pointer);
  }

  #referred(keywords: Keywords, { pointer }: Located, following: readonly string[]): readonly Shape[] {
    const target = resolveReference(this.#document, keywords.raw('$ref'), pointer);
    if (following.includes(target.pointer))
      keywords.refuse('$ref', 'it leads in a circle without describing anything.');
    return this.#shapesOf(target, [...following, target.pointer]);
  }

  /** A value must not satisfy two of the schemas, so they have to be apart. */
  #exactlyOne(branches: readonly (readonly Shape[])[], pointer: string): readonly Shape[] {
    for (const [index, branch] of branches.entries()) {
      for (const later of branches.slice(index + 1)) {
        if (this.#meet(branch, later, pointer).length === 0) continue;
        throw new UnsupportedSchema(
          'oneOf',
          pointer,
          'a value may satisfy two of its schemas; use anyOf, or tell them apart by a required property with a const.',
        );
      }
    }
    return branches.flat();
  }

  #meet(a: readonly Shape[], b: readonly Shape[], pointer: string): readonly Shape[] {
    const common = a.flatMap((one) => b.flatMap((other) => this.#intersection(one, other) ?? []));
    if (common.length > mostShapes) {
      throw new UnsupportedSchema('allOf', pointer, 'its combinations are too many.');
    }
    return common;
  }

  #intersection(a: Shape, b: Shape): Shape | null {
    if (a.kind === 'literal') return this.#satisfies(b, a.value) ? a : null;
    if (b.kind === 'literal') return this.#satisfies(a, b.value) ? b : null;
    const shape = intersectShapes(a, b);
    return shape === null || this.#isImpossible(shape) ? null : shape;
  }

  /** Whether something that has to be there cannot be. */
  #isImpossible(shape: Shape): boolean {
    const impossible = (conjunction: Conjunction) =>
      conjunction.length > 0 && !this.#open.has(keyOf(conjunction)) && this.shapes(conjunction).length === 0;
    if (shape.kind === 'object')
      return [...shape.required].some((name) => impossible(propertyOf(shape, name)));
    if (shape.kind !== 'array') return false;
    return (
      shape.prefix.slice(0, shape.min).some(impossible) ||
      (shape.min > shape.prefix.length && impossible(shape.rest))
    );
  }

  #satisfies(shape: Shape, value: Json): boolean {
    const nested = (conjunction: Conjunction, part: Json) =>
      this.shapes(conjunction).some((candidate) => this.#satisfies(candidate, part));
    switch (shape.kind) {
      case 'literal':
        return canonical(shape.value) === canonical(value);
      case 'null':
        return value === null;
      case 'boolean':
        return typeof value === 'boolean';
      case 'number':
        return typeof value === 'number' && isWithin(shape.range, value);
      case 'string':
        return (
          typeof value === 'string' &&
          isOfLength([...value].length, shape.minLength, shape.maxLength) &&
          shape.rules.every(({ automaton }) => acceptsText(automaton, value))
        );
      case 'array':
        return (
          Array.isArray(value) &&
          isOfLength(value.length, shape.min, shape.max) &&
          (!shape.unique || new Set(value.map(canonical)).size === value.length) &&
          value.every((item: Json, index) => nested(shape.prefix[index] ?? shape.rest, item))
        );
      case 'object': {
        if (!isRecord(value)) return false;
        const entries = Object.entries(value);
        return (
          isOfLength(entries.length, shape.min, shape.max) &&
          [...shape.required].every((name) => Object.hasOwn(value, name)) &&
          entries.every(([name, item]) => nested(propertyOf(shape, name), item))
        );
      }
    }
  }

  #constrained(
    kind: (typeof typeNames)[number] | 'integer',
    keywords: Keywords,
    pointer: string,
  ): readonly Shape[] {
    switch (kind) {
      case 'object':
        return [objectOf(keywords, pointer)];
      case 'array':
        return [arrayOf(keywords)];
      case 'string':
        return [
          {
            kind,
            minLength: keywords.count('minLength') ?? 0,
            maxLength: keywords.count('maxLength'),
            rules: this.#textRules(keywords),
          },
        ];
      case 'number':
      case 'integer':
        return [numberOf(keywords, kind === 'integer')];
      case 'boolean':
      case 'null':
        return [{ kind }];
    }
  }

  #textRules(keywords: Keywords): readonly TextRule[] {
    const pattern = keywords.text('pattern');
    const format = keywords.text('format');
    const rules: TextRule[] = [];
    if (pattern !== null) rules.push(this.#textRule('pattern', pattern, keywords));
    if (format !== null && unknownFormats.has(format))
      keywords.refuse('format', `“${format}” is not supported.`);
    const known = format === null ? undefined : formats[format];
    if (known !== undefined) {
      const isCounted = keywords.has('minLength') || keywords.has('maxLength');
      rules.push(this.#textRule('format', (isCounted ? known.short : undefined) ?? known.pattern, keywords));
    }
    return rules;
  }

  #textRule(keyword: 'pattern' | 'format', source: string, keywords: Keywords): TextRule {
    const known = this.#texts.get(source);
    if (known !== undefined) return known;
    try {
      const rule = { key: source, automaton: compileRegex(source) };
      this.#texts.set(source, rule);
      return rule;
    } catch (error) {
      if (error instanceof UnsupportedRegex) keywords.refuse(keyword, `${error.message}.`);
      if (error instanceof AutomatonTooLarge) keywords.refuse(keyword, 'it needs too many states.');
      throw error;
    }
  }
}

/** Schemas are told apart by where they stand. */
export function keyOf(conjunction: Conjunction): string {
  return conjunction
    .map(({ pointer }) => pointer)
    .toSorted()
    .join(' & ');
}

function typed(keywords: Keywords): readonly ((typeof typeNames)[number] | 'integer')[] {
  const type = keywords.raw('type');
  if (type === undefined) return typeNames;
  const names = [type].flat();
  const known = [...typeNames, 'integer'] as const;
  const kinds = names.map(
    (name) =>
      known.find((one) => one === name) ??
      keywords.refuse('type', `there is no type ${JSON.stringify(name)}.`),
  );
  return kinds.filter((kind) => kind !== 'integer' || !kinds.includes('number'));
}

function literalsOf(keywords: Keywords): readonly Json[] | null {
  const values = keywords.raw('enum');
  const constant = keywords.raw('const');
  if (values === undefined && constant === undefined) return null;
  if (values !== undefined && !Array.isArray(values)) keywords.refuse('enum', 'it is not a list.');
  const listed = values as Json[] | undefined;
  if (constant === undefined) return listed ?? [];
  const wanted = canonical(constant as Json);
  return listed === undefined || listed.some((value) => canonical(value) === wanted)
    ? [constant as Json]
    : [];
}

function objectOf(keywords: Keywords, pointer: string): Shape {
  const properties = keywords.raw('properties') ?? {};
  if (!isRecord(properties)) keywords.refuse('properties', 'it is not an object of schemas.');
  const additional = keywords.schema('additionalProperties');
  const unevaluated = keywords.raw('unevaluatedProperties');
  if (isRecord(unevaluated)) keywords.refuse('unevaluatedProperties', 'use additionalProperties.');
  return {
    kind: 'object',
    properties: new Map(
      Object.entries(properties as Record<string, unknown>).map(([name, schema]) => [
        name,
        [{ schema, pointer: `${pointer}/properties/${escapeSegment(name)}` }],
      ]),
    ),
    required: new Set(keywords.names('required')),
    additional: additional === null ? null : [additional],
    closed: unevaluated === false,
    min: keywords.count('minProperties') ?? 0,
    max: keywords.count('maxProperties'),
  };
}

function arrayOf(keywords: Keywords): Shape {
  // Before 2020-12 a tuple was a list in `items`, and `additionalItems` was what follows it.
  const isTuple = Array.isArray(keywords.raw('items'));
  const prefix = isTuple ? keywords.schemas('items') : keywords.schemas('prefixItems');
  const rest = keywords.schema(isTuple ? 'additionalItems' : 'items');
  return {
    kind: 'array',
    prefix: (prefix ?? []).map((schema) => [schema]),
    rest: rest === null ? [] : [rest],
    min: keywords.count('minItems') ?? 0,
    max: keywords.count('maxItems'),
    unique: keywords.raw('uniqueItems') === true,
  };
}

function numberOf(keywords: Keywords, integer: boolean): Shape {
  const step = keywords.number('multipleOf');
  if (step !== null && step <= 0) keywords.refuse('multipleOf', 'it is not above zero.');
  return {
    kind: 'number',
    range: {
      integer,
      low: bound(keywords, 'minimum', 'exclusiveMinimum', Math.max),
      high: bound(keywords, 'maximum', 'exclusiveMaximum', Math.min),
      step,
    },
  };
}

/** Draft 4 says by a boolean whether the bound itself is excluded; later ones by a number of its own. */
function bound(
  keywords: Keywords,
  inclusive: string,
  exclusive: string,
  tighter: (a: number, b: number) => number,
): Bound | null {
  const value = keywords.number(inclusive);
  const flag = keywords.raw(exclusive);
  if (typeof flag === 'boolean') return value === null ? null : { value, exclusive: flag };
  const other = keywords.number(exclusive);
  if (other === null) return value === null ? null : { value, exclusive: false };
  return value === null || tighter(value, other) === other
    ? { value: other, exclusive: true }
    : { value, exclusive: false };
}

function isWithin(
  { integer, low, high, step }: Extract<Shape, { kind: 'number' }>['range'],
  value: number,
): boolean {
  if (integer && !Number.isInteger(value)) return false;
  if (low !== null && (value < low.value || (low.exclusive && value === low.value))) return false;
  if (high !== null && (value > high.value || (high.exclusive && value === high.value))) return false;
  return step === null || isMultiple(value, step);
}

function isOfLength(length: number, min: number, max: number | null): boolean {
  return length >= min && (max === null || length <= max);
}

/** A text that equal values share, whatever the order of their properties. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.entries(value);
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
    .join(',')}}`;
}
