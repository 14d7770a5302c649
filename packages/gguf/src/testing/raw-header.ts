import { tensorTypeNamed } from '../tensor-types.ts';
import { valueTypes } from '../values.ts';

/** Bytes of the format's primitives, to put together headers that no writer would write. */
export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

export const u64 = (value: number | bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

export const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
};

export const type = (name: (typeof valueTypes)[number]): Buffer => u32(valueTypes.indexOf(name));

/** The start of a file: magic, version and the two counts. */
export const start = (tensors: number | bigint, keys: number | bigint, version = 3): Buffer =>
  Buffer.concat([Buffer.from('GGUF'), u32(version), u64(tensors), u64(keys)]);

/** A tensor info as it stands in the file. */
export const tensor = (
  name: string,
  dimensions: readonly (number | bigint)[],
  typeId: number = tensorTypeNamed('F32').id,
  offset: number | bigint = 0,
): Buffer =>
  Buffer.concat([text(name), u32(dimensions.length), ...dimensions.map(u64), u32(typeId), u64(offset)]);
