import {
  type ArrayElement,
  type ArrayValue,
  type MetadataValue,
  type NumberType,
  type NumberValue,
  valueSizes,
  type ValueType,
  valueTypes,
} from './values.ts';

const numberWriters: Readonly<Record<NumberType, (to: Buffer, value: NumberValue, at: number) => void>> = {
  uint8: (to, value, at) => to.writeUInt8(Number(value), at),
  int8: (to, value, at) => to.writeInt8(Number(value), at),
  uint16: (to, value, at) => to.writeUInt16LE(Number(value), at),
  int16: (to, value, at) => to.writeInt16LE(Number(value), at),
  uint32: (to, value, at) => to.writeUInt32LE(Number(value), at),
  int32: (to, value, at) => to.writeInt32LE(Number(value), at),
  float32: (to, value, at) => to.writeFloatLE(Number(value), at),
  float64: (to, value, at) => to.writeDoubleLE(Number(value), at),
  uint64: (to, value, at) => to.writeBigUInt64LE(BigInt(value), at),
  int64: (to, value, at) => to.writeBigInt64LE(BigInt(value), at),
};

/** Collects the bytes of a header in the format's own encodings, little endian. */
export class ByteWriter {
  #buffer = Buffer.alloc(4096);
  #length = 0;

  bytes(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#buffer.set(bytes, at);
  }

  uint32(value: number): void {
    const at = this.#room(4);
    this.#buffer.writeUInt32LE(value, at);
  }

  uint64(value: number): void {
    const at = this.#room(8);
    this.#buffer.writeBigUInt64LE(BigInt(value), at);
  }

  /** UTF-8 with its length in front. */
  text(text: string): void {
    const bytes = Buffer.from(text);
    this.uint64(bytes.length);
    this.bytes(bytes);
  }

  /** A metadata value with its type in front. Throws RangeError for a number that its type cannot hold. */
  value(value: MetadataValue): void {
    this.uint32(valueTypes.indexOf(value.type));
    if (value.type === 'array') this.#array(value);
    else this.#element(value.type, value.value);
  }

  /** What was written. */
  finish(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #array({ elementType, count, values }: ArrayValue): void {
    if (values?.length !== count) throw new RangeError(`An array of ${count} has to bring all its elements.`);
    this.uint32(valueTypes.indexOf(elementType));
    this.uint64(count);
    for (const value of values) this.#element(elementType, value);
  }

  #element(type: ValueType, value: ArrayElement): void {
    if (type === 'string' && typeof value === 'string') this.text(value);
    else if (type === 'array' && typeof value === 'object') this.#array(value);
    else if (type === 'bool' && typeof value === 'boolean') this.bytes(Uint8Array.of(value ? 1 : 0));
    else if (isNumberType(type) && isNumber(value)) this.#number(type, value);
    else throw new RangeError(`A ${typeof value} cannot be written as ${type}.`);
  }

  #number(type: NumberType, value: NumberValue): void {
    const at = this.#room(valueSizes[type]);
    numberWriters[type](this.#buffer, value, at);
  }

  #room(length: number): number {
    const at = this.#length;
    this.#length += length;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.alloc(Math.max(this.#length, this.#buffer.length * 2));
      this.#buffer.copy(larger);
      this.#buffer = larger;
    }
    return at;
  }
}

function isNumberType(type: ValueType): type is NumberType {
  return type in numberWriters;
}

function isNumber(value: ArrayElement): value is NumberValue {
  return typeof value === 'number' || typeof value === 'bigint';
}
