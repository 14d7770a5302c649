import { tensorTypeNamed } from './tensor-types.ts';

/** The tensor types that the writer makes, with how it encodes a run of whole blocks. */
export const encoders = {
  F32: { ...tensorTypeNamed('F32'), encode: encodeF32 },
  F16: { ...tensorTypeNamed('F16'), encode: encodeF16 },
  Q8_0: { ...tensorTypeNamed('Q8_0'), encode: encodeQ8 },
} as const;

const q8Elements = 32;
const q8Bytes = 34;

function encodeF32(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return new Uint8Array(view.buffer);
}

function encodeF16(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, index) => view.setUint16(index * 2, float16Bits(value), true));
  return new Uint8Array(view.buffer);
}

/** As ggml's quantize_row_q8_0_ref: blocks of 32 bytes with one scale, in the same single precision. */
function encodeQ8(values: Float32Array): Uint8Array {
  const blocks = values.length / q8Elements;
  const view = new DataView(new ArrayBuffer(blocks * q8Bytes));
  for (let block = 0; block < blocks; block += 1) {
    const row = values.subarray(block * q8Elements, (block + 1) * q8Elements);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = Math.fround(largest / 127);
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
    view.setUint16(block * q8Bytes, float16Bits(scale), true);
    row.forEach((value, index) => {
      view.setInt8(block * q8Bytes + 2 + index, roundAwayFromZero(Math.fround(value * inverse)));
    });
  }
  return new Uint8Array(view.buffer);
}

/** The values that blocks of Q8_0 stand for. */
export function decodeQ8(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array((bytes.length / q8Bytes) * q8Elements);
  for (let block = 0; block * q8Bytes < bytes.length; block += 1) {
    const scale = float16Value(view.getUint16(block * q8Bytes, true));
    for (let index = 0; index < q8Elements; index += 1) {
      values[block * q8Elements + index] = scale * view.getInt8(block * q8Bytes + 2 + index);
    }
  }
  return values;
}

/** C's roundf; Math.round would take -0.5 to 0. */
function roundAwayFromZero(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

const float32 = new Float32Array(1);
const bits32 = new Uint32Array(float32.buffer);

/** The bits of a half-precision number, rounded to nearest with ties to even. */
export function float16Bits(value: number): number {
  float32[0] = value;
  const bits = bits32[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return sign | 0x7e00; // not a number
  if (magnitude >= 0x4780_0000) return sign | 0x7c00; // beyond the largest half: infinity
  if (magnitude < 0x3880_0000) {
    // Subnormal: a multiple of 2^-24, and the addition of 2^-1 does exactly that rounding.
    float32[0] = Math.abs(value) + 0.5;
    return sign | ((bits32[0] ?? 0) - 0x3f00_0000);
  }
  const odd = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x3800_0000 + 0xfff + odd) >>> 13);
}

/** The number that the bits of a half-precision number stand for. */
export function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
