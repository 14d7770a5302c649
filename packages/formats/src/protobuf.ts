import { bytesAt, type ByteSource } from './source.ts';

/** One field of a message, without what it holds. */
export interface Field {
  readonly number: number;
  readonly wire: number;
  /** Of a varint: its value. */
  readonly value: number;
  /** Of a field with a length: where its content is. */
  readonly offset: number;
  readonly length: number;
}

/** Enough for a model's outermost message; a file that is something else stops long before. */
const mostFields = 10_000;

/**
 * The fields of a protobuf's outermost message, by their tags alone: what they hold is skipped, not read. Null where
 * the bytes are no such message.
 */
export async function outerFields(source: ByteSource): Promise<readonly Field[] | null> {
  const fields: Field[] = [];
  let position = 0;
  while (position < source.size) {
    if (fields.length >= mostFields) return null;
    const field = readField(await bytesAt(source, position, 20), position);
    if (field === null || field.offset + field.length > source.size) return null;
    fields.push(field);
    position = field.offset + field.length;
  }
  return fields;
}

function readField(bytes: Buffer, position: number): Field | null {
  const tag = varint(bytes, 0);
  if (tag === null || tag.value < 8) return null;
  const [number, wire] = [Math.floor(tag.value / 8), tag.value % 8];
  const after = tag.next;
  if (wire === 0) {
    const content = varint(bytes, after);
    return content && { number, wire, value: content.value, offset: position + content.next, length: 0 };
  }
  if (wire === 2) {
    const length = varint(bytes, after);
    return length && { number, wire, value: 0, offset: position + length.next, length: length.value };
  }
  if (wire === 1) return { number, wire, value: 0, offset: position + after, length: 8 };
  return wire === 5 ? { number, wire, value: 0, offset: position + after, length: 4 } : null;
}

function varint(bytes: Buffer, start: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let index = 0; index < 10; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, next: start + index + 1 } : null;
  }
  return null;
}
