import { Random } from '../random.ts';

/** Q8_0: a scale of half precision, then 32 numbers of 8 bits. */
const blockElements = 32;
export const blockBytes = 34;

/** Bytes that are random are spread evenly, with this deviation. */
const byteDeviation = 74;

/** Blocks of random weights that let activations neither grow nor vanish from layer to layer. */
export class RandomBlocks {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** Rows of `rowLength` weights; the first `silent` rows are all zero. */
  rows(count: number, rowLength: number, silent = 0): Uint8Array {
    const blocks = (count * rowLength) / blockElements;
    const bytes = new Uint8Array(blocks * blockBytes);
    fill(bytes, this.#random);
    const scale = halfBits(1 / (Math.sqrt(rowLength) * byteDeviation));
    const silentBlocks = (silent * rowLength) / blockElements;
    const view = new DataView(bytes.buffer);
    for (let block = 0; block < blocks; block += 1) {
      view.setUint16(block * blockBytes, block < silentBlocks ? 0 : scale, true);
    }
    return bytes;
  }
}

/** Whole words are ten times as quick as bytes. What is left over at the end stays zero. */
function fill(bytes: Uint8Array, random: Random): void {
  const words = new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = random.uint32();
}

/** A positive number as half precision; scales this small may be subnormal. */
function halfBits(value: number): number {
  const exponent = Math.max(-14, Math.floor(Math.log2(value)));
  const fraction = Math.round((value / 2 ** exponent) * 1_024);
  return value < 2 ** -14 ? Math.round(value * 2 ** 24) : ((exponent + 15) << 10) + fraction - 1_024;
}
