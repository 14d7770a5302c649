import { GgufError } from './errors.ts';
import {
  type ArrayElement,
  type ArrayValue,
  type FixedType,
  type MetadataValue,
  type NumberType,
  type NumberValue,
  valueSizes,
  type ValueType,
  valueTypes,
} from './values.ts';
import type { Parsing, Window } from './window.ts';

const maxKeyBytes = 65_535; // the specification's limit
const maxKeptBytes = 64 * 1024 * 1024;
const maxNesting = 4;
/** What holding one element costs beside its content, roughly; it keeps empty strings from being free. */
const elementOverhead = 16;
const maxTally = 16;

export interface MetadataLimits {
  /** Arrays with more elements are summarised instead of kept. */
  readonly keepArraysUpTo: number;
}

/** Reads `count` key and value pairs from the window's position. */
export function* readMetadata(
  window: Window,
  count: number,
  limits: MetadataLimits,
): Parsing<Map<string, MetadataValue>> {
  const metadata = new Map<string, MetadataValue>();
  const values = new ValueReader(window, limits);
  for (let index = 0; index < count; index += 1) {
    const key = yield* readKey(window);
    if (metadata.has(key)) throw new GgufError('malformed', `The key "${key}" occurs twice.`);
    metadata.set(key, yield* values.read(key));
  }
  return metadata;
}

/** Reads a name with its length in front, which has to be UTF-8 and not empty. */
export function* readName(window: Window, what: string, maxBytes: number): Parsing<string> {
  if (!window.has(8)) yield 8;
  const length = window.uint64();
  if (length === 0) throw new GgufError('malformed', `A ${what} is empty.`);
  if (length > maxBytes) {
    throw new GgufError('malformed', `A ${what} claims ${length} bytes; at most ${maxBytes} are allowed.`);
  }
  if (!window.has(length)) yield length;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(window.bytes(length));
  } catch {
    throw new GgufError('malformed', `A ${what} is not valid UTF-8.`);
  }
}

function readKey(window: Window): Parsing<string> {
  return readName(window, 'metadata key', maxKeyBytes);
}

class ValueReader {
  readonly #window: Window;
  readonly #limits: MetadataLimits;
  #keptBytes = 0;

  constructor(window: Window, limits: MetadataLimits) {
    this.#window = window;
    this.#limits = limits;
  }

  *read(key: string): Parsing<MetadataValue> {
    const type = yield* this.#type(key);
    if (type === 'array') return yield* this.#array(key, 1);
    if (type === 'string') return { type, value: yield* this.#string() };
    if (type === 'bool') return { type, value: yield* this.#bool() };
    return { type, value: yield* this.#number(type) };
  }

  *#type(key: string): Parsing<ValueType> {
    if (!this.#window.has(4)) yield 4;
    const number = this.#window.uint32();
    const type = valueTypes[number];
    if (!type)
      throw new GgufError('malformed', `The key "${key}" has a value of the unknown type ${number}.`);
    return type;
  }

  *#bool(): Parsing<boolean> {
    if (!this.#window.has(1)) yield 1;
    return this.#window.uint8() !== 0;
  }

  *#number(type: NumberType): Parsing<NumberValue> {
    const size = valueSizes[type];
    if (!this.#window.has(size)) yield size;
    return readNumber(this.#window, type);
  }

  *#string(): Parsing<string> {
    if (!this.#window.has(8)) yield 8;
    const length = this.#window.uint64();
    this.#keep(length);
    if (!this.#window.has(length)) yield length;
    return this.#window.text(length);
  }

  *#array(key: string, depth: number): Parsing<ArrayValue> {
    if (depth > maxNesting) {
      throw new GgufError('malformed', `The key "${key}" nests arrays more than ${maxNesting} deep.`);
    }
    const elementType = yield* this.#type(key);
    if (!this.#window.has(8)) yield 8;
    const count = this.#window.uint64();
    this.#expectRoom(key, elementType, count);
    const summary = { type: 'array', elementType, count } as const;
    if (count <= this.#limits.keepArraysUpTo) {
      return { ...summary, values: yield* this.#elements(key, elementType, count, depth) };
    }
    const tally = yield* this.#skipElements(key, elementType, count, depth);
    return tally ? { ...summary, tally } : summary;
  }

  /** Refuses a count that the rest of the file cannot hold, before anything is done `count` times. */
  #expectRoom(key: string, elementType: ValueType, count: number): void {
    if (count * smallestSize(elementType) <= this.#window.remaining) return;
    throw new GgufError(
      'truncated',
      `The file ends after ${this.#window.size} bytes; the key "${key}" claims ${count} elements, more than the rest could hold.`,
    );
  }

  *#elements(key: string, type: ValueType, count: number, depth: number): Parsing<ArrayElement[]> {
    this.#keep(count * smallestSize(type));
    const values: ArrayElement[] = [];
    for (let index = 0; index < count; index += 1) {
      if (type === 'string') values.push(yield* this.#string());
      else if (type === 'array') values.push(yield* this.#array(key, depth + 1));
      else if (type === 'bool') values.push(yield* this.#bool());
      else values.push(yield* this.#number(type));
    }
    return values;
  }

  *#skipElements(
    key: string,
    type: ValueType,
    count: number,
    depth: number,
  ): Parsing<Map<number, number> | undefined> {
    if (type === 'string') yield* this.#skipStrings(count);
    else if (type === 'array') {
      for (let index = 0; index < count; index += 1) yield* this.#array(key, depth + 1);
    } else if (isSmallInteger(type)) return yield* this.#tally(type, count);
    else this.#window.skip(count * valueSizes[type]);
    return undefined;
  }

  *#skipStrings(count: number): Parsing<void> {
    const window = this.#window;
    for (let index = 0; index < count; index += 1) {
      if (!window.has(8)) yield 8;
      window.skip(window.uint64());
    }
  }

  *#tally(type: SmallInteger, count: number): Parsing<Map<number, number> | undefined> {
    const window = this.#window;
    const size = valueSizes[type];
    const tally = new Map<number, number>();
    for (let left = count; left > 0;) {
      if (!window.has(size)) yield size;
      const there = Math.min(left, Math.floor(window.buffered / size));
      for (let index = 0; index < there; index += 1) {
        const value = window[type]();
        tally.set(value, (tally.get(value) ?? 0) + 1);
      }
      left -= there;
      if (tally.size > maxTally) {
        window.skip(left * size);
        return undefined;
      }
    }
    return tally;
  }

  #keep(bytes: number): void {
    this.#keptBytes += bytes + elementOverhead;
    if (this.#keptBytes > maxKeptBytes) {
      throw new GgufError('too_large', `The metadata holds more than ${maxKeptBytes} bytes of values.`);
    }
  }
}

type SmallInteger = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32';

function isSmallInteger(type: FixedType): type is SmallInteger {
  return type !== 'bool' && !type.endsWith('64') && !type.startsWith('float');
}

/** The fewest bytes that one element can take: a string has its length, an array its type and count. */
function smallestSize(type: ValueType): number {
  if (type === 'string') return 8;
  return type === 'array' ? 12 : valueSizes[type];
}

function readNumber(window: Window, type: NumberType): NumberValue {
  if (type === 'uint64') return toNumber(window.bigUint64());
  if (type === 'int64') return toNumber(window.bigInt64());
  return window[type]();
}

function toNumber(value: bigint): NumberValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
