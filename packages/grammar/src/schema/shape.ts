import type { NumberRange } from '../shapes/numbers.ts';
import type { Automaton } from '../regex/automaton.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A schema, and where in its document it stands, as a JSON Pointer. */
export interface Located {
  readonly schema: unknown;
  readonly pointer: string;
}

/** What a value has to satisfy: all of these. None: anything goes. */
export type Conjunction = readonly Located[];

/** What a string has to look like; `key` tells equal ones. */
export interface TextRule {
  readonly key: string;
  readonly automaton: Automaton;
}

export interface StringShape {
  readonly kind: 'string';
  readonly minLength: number;
  readonly maxLength: number | null;
  readonly rules: readonly TextRule[];
}

export interface ArrayShape {
  readonly kind: 'array';
  readonly prefix: readonly Conjunction[];
  readonly rest: Conjunction;
  readonly min: number;
  readonly max: number | null;
  readonly unique: boolean;
}

export interface ObjectShape {
  readonly kind: 'object';
  readonly properties: ReadonlyMap<string, Conjunction>;
  readonly required: ReadonlySet<string>;
  /** Of properties that are not listed; null where the schema says nothing. */
  readonly additional: Conjunction | null;
  /** What the schema does not speak of is not allowed. */
  readonly closed: boolean;
  readonly min: number;
  readonly max: number | null;
}

export interface NumberShape {
  readonly kind: 'number';
  readonly range: NumberRange;
}

/** One way in which a value can satisfy a schema. A schema is a list of them: any will do. */
export type Shape =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' }
  | NumberShape
  | StringShape
  | ArrayShape
  | ObjectShape;

/** All values, one shape for each of JSON's types. */
export const anything: readonly Shape[] = [
  {
    kind: 'object',
    properties: new Map(),
    required: new Set(),
    additional: null,
    closed: false,
    min: 0,
    max: null,
  },
  { kind: 'array', prefix: [], rest: [], min: 0, max: null, unique: false },
  { kind: 'string', minLength: 0, maxLength: null, rules: [] },
  { kind: 'number', range: { integer: false, low: null, high: null, step: null } },
  { kind: 'boolean' },
  { kind: 'null' },
];
