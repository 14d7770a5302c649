import { UnsupportedSchema } from '../errors.ts';
import {
  choice,
  never,
  nothing,
  optional,
  repeat,
  sequence,
  text,
  type Expression,
  type Rule,
} from '../expression/expression.ts';
import type { Grammar } from '../expression/grammar.ts';
import {
  AutomatonTooLarge,
  intersect,
  longest,
  mostStates,
  negate,
  ofLength,
  shortest,
  type Automaton,
} from '../regex/automaton.ts';
import { characters } from '../regex/code-points.ts';
import { exactly } from '../regex/words.ts';
import { counted, mostRepetitions } from '../shapes/counted.ts';
import { number, UnsupportedNumber } from '../shapes/numbers.ts';
import { anyString, stringOf } from '../shapes/strings.ts';
import { canonical, keyOf, type SchemaReader } from './reader.ts';
import type { ArrayShape, Conjunction, Json, ObjectShape, Shape, StringShape } from './shape.ts';

/** Nothing that a person writes nests deeper. */
const deepest = 100;
/** A larger table of which items were used makes a grammar of as many rules. */
const mostUniqueItems = 60;

/** Writes the values of schemas as rules of a grammar. */
export class SchemaWriter {
  readonly #grammar: Grammar;
  readonly #reader: SchemaReader;
  #depth = 0;

  constructor(grammar: Grammar, reader: SchemaReader) {
    this.#grammar = grammar;
    this.#reader = reader;
  }

  /** JSON texts whose value satisfies all of the schemas. */
  value(conjunction: Conjunction): Rule {
    const key = `value of ${keyOf(conjunction)}`;
    return this.#grammar.rule(key, 'value', () => {
      const pointer = conjunction[0]?.pointer ?? '';
      if (this.#depth >= deepest) throw new UnsupportedSchema('properties', pointer, 'it nests too deep.');
      this.#depth += 1;
      const shapes = this.#reader.shapes(conjunction);
      const written = choice(
        ...shapes.map((shape, index) => this.#shape(shape, `${key}, ${index}`, pointer)),
      );
      this.#depth -= 1;
      return written;
    });
  }

  #shape(shape: Shape, key: string, pointer: string): Expression {
    switch (shape.kind) {
      case 'literal':
        return text(JSON.stringify(shape.value));
      case 'null':
        return text('null');
      case 'boolean':
        return choice(text('true'), text('false'));
      case 'number':
        return this.#number(shape.range, pointer);
      case 'string':
        return this.#string(shape, pointer);
      case 'array':
        return this.#array(shape, key, pointer);
      case 'object':
        return this.#object(shape, key, pointer);
    }
  }

  #number(range: Parameters<typeof number>[1], pointer: string): Expression {
    try {
      return number(this.#grammar, range);
    } catch (error) {
      if (error instanceof UnsupportedNumber)
        throw new UnsupportedSchema(error.keyword, pointer, `${error.message}.`);
      throw error;
    }
  }

  #string({ rules, minLength, maxLength }: StringShape, pointer: string): Expression {
    if (minLength > mostRepetitions) throw new UnsupportedSchema('minLength', pointer, 'it is too long.');
    const [first, ...others] = rules;
    if (first === undefined) return anyString(this.#grammar, minLength, maxLength);
    try {
      const all = others.reduce<Automaton>(
        (common, { automaton }) => intersect(common, automaton),
        first.automaton,
      );
      const automaton = withLength(all, minLength, maxLength);
      const key = JSON.stringify([rules.map((rule) => rule.key), minLength, maxLength]);
      return stringOf(this.#grammar, `text ${key}`, automaton);
    } catch (error) {
      if (!(error instanceof AutomatonTooLarge)) throw error;
      throw new UnsupportedSchema('pattern', pointer, 'together with the length it needs too many states.');
    }
  }

  #array(shape: ArrayShape, key: string, pointer: string): Expression {
    const { prefix, rest, min } = shape;
    if (min > mostRepetitions) throw new UnsupportedSchema('minItems', pointer, 'they are too many.');
    const restIsImpossible = rest.length > 0 && this.#reader.shapes(rest).length === 0;
    const max = restIsImpossible ? Math.min(shape.max ?? prefix.length, prefix.length) : shape.max;
    if (max !== null && max < min) return never;
    const isUnique = shape.unique && (max === null || max > 1);
    const items = isUnique
      ? this.#uniqueItems({ ...shape, max }, key, pointer)
      : this.#items({ ...shape, max }, key);
    return sequence(text('['), this.#gap, items, this.#gap, text(']'));
  }

  #items({ prefix, rest, min, max }: ArrayShape, key: string, at = 0): Expression {
    if (max !== null && at >= max) return nothing;
    const item = prefix[at];
    if (item === undefined)
      return this.#furtherItems(rest, Math.max(0, min - at), max === null ? null : max - at, at > 0, key);
    const following = sequence(
      at > 0 ? this.#comma : nothing,
      this.value(item),
      this.#items({ kind: 'array', prefix, rest, min, max, unique: false }, key, at + 1),
    );
    return at < min ? following : optional(following);
  }

  #furtherItems(
    of: Conjunction,
    min: number,
    max: number | null,
    afterOthers: boolean,
    key: string,
  ): Expression {
    const item = this.value(of);
    const next = this.#grammar.rule(`${key}, a further item`, 'item', () => sequence(this.#comma, item));
    if (afterOthers) return counted(this.#grammar, next, min, max);
    const all = sequence(
      item,
      counted(this.#grammar, next, Math.max(0, min - 1), max === null ? null : max - 1),
    );
    return min === 0 ? optional(all) : all;
  }

  /** Items that are all different, in the order in which the schema lists them: no grammar remembers what it wrote. */
  #uniqueItems({ prefix, rest, min, max }: ArrayShape, key: string, pointer: string): Expression {
    const values = prefix.length > 0 ? null : finiteValues(this.#reader.shapes(rest));
    if (values === null || values.length > mostUniqueItems) {
      throw new UnsupportedSchema('uniqueItems', pointer, 'it is only possible for items of a short enum.');
    }
    const from = (index: number, count: number): Expression => {
      const value = values[index];
      if (value === undefined || count === max) return count >= min ? nothing : never;
      return this.#grammar.rule(`${key}, item ${index} after ${count}`, 'item', () => {
        const taken = sequence(
          count > 0 ? this.#comma : nothing,
          text(JSON.stringify(value)),
          from(index + 1, count + 1),
        );
        return choice(taken, from(index + 1, count));
      });
    };
    return from(0, 0);
  }

  #object(shape: ObjectShape, key: string, pointer: string): Expression {
    const members = this.#members(shape);
    const further = this.#furtherMember(
      shape,
      key,
      members.map(({ name }) => name),
    );
    const required = members.filter((member) => member.required).length;
    this.#checkCounts(shape, required, members.length, further !== null, pointer);
    const head = (at: number): Expression => {
      const member = members[at];
      if (member === undefined) return this.#onlyFurther(further, shape, members.length > 0);
      const first = sequence(member.pair, tail(at + 1));
      return member.required ? first : choice(first, head(at + 1));
    };
    const tail = (at: number): Expression => {
      const member = members[at];
      if (member === undefined)
        return further === null ? nothing : repeat(sequence(this.#comma, further), 0, null);
      return this.#grammar.rule(`${key}, from member ${at}`, 'members', () => {
        const next = sequence(this.#comma, member.pair);
        return sequence(member.required ? next : optional(next), tail(at + 1));
      });
    };
    return sequence(text('{'), this.#gap, head(0), this.#gap, text('}'));
  }

  /** In the order of the schema; those that are required and not listed come last. */
  #members(
    shape: ObjectShape,
  ): readonly { readonly name: string; readonly required: boolean; readonly pair: Expression }[] {
    const names = new Set([...shape.properties.keys(), ...shape.required]);
    return [...names].map((name) => {
      const value = this.value(shape.properties.get(name) ?? shape.additional ?? []);
      return {
        name,
        required: shape.required.has(name),
        pair: this.#pair(text(JSON.stringify(name)), value),
      };
    });
  }

  /** A member that the schema does not list, if there may be one; its name is none of those that are listed. */
  #furtherMember(shape: ObjectShape, key: string, names: readonly string[]): Expression | null {
    const isOpen = shape.additional !== null || (names.length === 0 && !shape.closed);
    if (!isOpen || (shape.additional?.length === 1 && shape.additional[0]?.schema === false)) return null;
    const value = this.value(shape.additional ?? []);
    const name =
      names.length === 0
        ? anyString(this.#grammar, 0, null)
        : stringOf(this.#grammar, `${key}, another name`, negate(exactly(names)));
    return this.#grammar.rule(`${key}, another member`, 'member', () => this.#pair(name, value));
  }

  #onlyFurther(further: Expression | null, { min, max }: ObjectShape, hasOthers: boolean): Expression {
    if (further === null) return min > 0 ? never : nothing;
    const most = hasOthers || max === null ? null : max - 1;
    if (most !== null && most < 0) return min > 0 ? never : nothing;
    const all = sequence(
      further,
      repeat(sequence(this.#comma, further), 0, most === null ? null : Math.min(most, 1_000)),
    );
    return min > 0 ? all : optional(all);
  }

  /** A grammar does not count members, so the bounds must hold by themselves. */
  #checkCounts(
    { min, max }: ObjectShape,
    required: number,
    listed: number,
    isOpen: boolean,
    pointer: string,
  ): void {
    if (min > Math.max(required, 1)) {
      throw new UnsupportedSchema(
        'minProperties',
        pointer,
        'members are not counted; list the required ones.',
      );
    }
    if (max === null || (isOpen && listed === 0) || (!isOpen && listed <= max)) return;
    throw new UnsupportedSchema('maxProperties', pointer, 'members are not counted; list the possible ones.');
  }

  #pair(name: Expression, value: Expression): Expression {
    return sequence(name, this.#gap, text(':'), this.#gap, value);
  }

  get #comma(): Expression {
    return this.#grammar.rule('comma', 'comma', () => sequence(this.#gap, text(','), this.#gap));
  }

  /** Nothing, a space, or a new line with some indentation: room for every style, and an end to it. */
  get #gap(): Expression {
    return this.#grammar.rule('gap', 'gap', () =>
      optional(
        choice(text(' '), sequence(text('\n'), repeat({ kind: 'class', set: characters(' \t') }, 0, 20))),
      ),
    );
  }
}

/** Counts only where the automaton does not keep the bounds by itself. */
function withLength(automaton: Automaton, minLength: number, maxLength: number | null): Automaton {
  const isLongEnough = minLength <= shortest(automaton);
  const isShortEnough = maxLength === null || longest(automaton) <= maxLength;
  if (isLongEnough && isShortEnough) return automaton;
  // What is shorter than the schema allows is valid too.
  const affordable = Math.max(minLength, Math.floor(mostStates / automaton.length) - 1);
  const most = isShortEnough ? null : Math.min(maxLength, affordable);
  return intersect(automaton, ofLength(minLength, most));
}

/** All values that the shapes stand for, each once; null where they are not a short list. */
function finiteValues(shapes: readonly Shape[]): readonly Json[] | null {
  const values = shapes.map((shape): readonly Json[] | null => {
    if (shape.kind === 'literal') return [shape.value];
    if (shape.kind === 'null') return [null];
    return shape.kind === 'boolean' ? [true, false] : null;
  });
  if (values.includes(null)) return null;
  return [
    ...new Map(values.flatMap((list) => list ?? []).map((value) => [canonical(value), value])).values(),
  ];
}
