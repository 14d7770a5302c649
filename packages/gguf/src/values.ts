/** The metadata value types in the order of their numbers in the GGUF specification. */
export const valueTypes = [
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'bool',
  'string',
  'array',
  'uint64',
  'int64',
  'float64',
] as const;

export type ValueType = (typeof valueTypes)[number];
export type NumberType = Exclude<ValueType, 'bool' | 'string' | 'array'>;
export type FixedType = NumberType | 'bool';

/** Bytes that one value of each fixed type takes. */
export const valueSizes: Readonly<Record<FixedType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  bool: 1,
  uint64: 8,
  int64: 8,
  float64: 8,
};

/** A 64-bit integer is a bigint only where a number would not hold it exactly. */
export type NumberValue = number | bigint;

export interface ArrayValue {
  readonly type: 'array';
  readonly elementType: ValueType;
  readonly count: number;
  /** Absent where the reader left a long array out. */
  readonly values?: readonly ArrayElement[];
  /**
   * For an integer array that was left out: how often each value occurs, as long as only a few
   * differ. It tells which kinds of tokens a vocabulary has without holding the vocabulary.
   */
  readonly tally?: ReadonlyMap<number, number>;
}

export type ArrayElement = NumberValue | boolean | string | ArrayValue;

/** One metadata value with the type it has in the file. */
export type MetadataValue =
  | { readonly type: NumberType; readonly value: NumberValue }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | ArrayValue;

export type Metadata = ReadonlyMap<string, MetadataValue>;
