import { GgufError } from './errors.ts';

/** No real header comes near this; past it the file only means to keep its reader busy. */
export const maxHeaderBytes = 256 * 1024 * 1024;

/**
 * The stretch of the file that is in memory, with a reading position in it. It never reads by
 * itself: `has` says whether the next bytes are there, and whoever drives the parser refills it.
 * The typed reads expect that `has` was true for what they take.
 */
export class Window {
  readonly size: number;
  position = 0;
  #start = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(this.#bytes.buffer, 0, 0);

  constructor(size: number) {
    this.size = size;
  }

  /** Bytes between the position and the end of the file. */
  get remaining(): number {
    return this.size - this.position;
  }

  /** Bytes that can be taken without a refill. */
  get buffered(): number {
    return Math.max(0, this.#start + this.#bytes.length - this.position);
  }

  /** Whether the next `length` bytes are in memory; throws where the file or the limit ends before them. */
  has(length: number): boolean {
    this.#expect(length);
    return this.#start + this.#bytes.length - this.position >= length;
  }

  /** Replaces the bytes in memory by those that begin at the position. */
  refill(bytes: Uint8Array): void {
    this.#start = this.position;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Moves on without looking, also past what is in memory. */
  skip(length: number): void {
    this.#expect(length);
    this.position += length;
  }

  /** Takes bytes as a view that is valid until the next refill. */
  bytes(length: number): Buffer {
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }

  /** Takes text; bytes that are not UTF-8 become replacement characters. */
  text(length: number): string {
    const from = this.#take(length);
    return this.#bytes.toString('utf8', from, from + length);
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  int8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** A length, count or offset. Past 2^53 it is rounded, and any limit refuses it all the same. */
  uint64(): number {
    const low = this.uint32();
    return this.uint32() * 0x1_0000_0000 + low;
  }

  bigUint64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  bigInt64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  #take(length: number): number {
    const from = this.position - this.#start;
    this.position += length;
    return from;
  }

  #expect(length: number): void {
    if (length > this.remaining) {
      throw new GgufError(
        'truncated',
        `The file ends after ${this.size} bytes, inside its header, which goes on at least to byte ${this.position + length}.`,
      );
    }
    if (this.position + length > maxHeaderBytes) {
      throw new GgufError('too_large', `The header is longer than ${maxHeaderBytes} bytes.`);
    }
  }
}

/**
 * Parsing as a sequence of requests: each yielded number asks for that many bytes at the window's
 * position. So the parser stays synchronous and pure, and one loop outside does the reading.
 */
export type Parsing<T> = Generator<number, T, void>;
