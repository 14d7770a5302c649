import { expect, test } from 'vitest';
import { assertComplete, readGgufHeader } from './header.ts';
import { bytesSource, type ByteSource } from './source.ts';
import { start, text, type, u32 } from './testing/raw-header.ts';
import type { MetadataValue } from './values.ts';
import { encodeGguf, type GgufContents } from './write.ts';

const ten = Float32Array.from({ length: 10 }, (_, index) => index);
const contents = (
  metadata: Record<string, MetadataValue>,
  tensors: GgufContents['tensors'] = [],
): GgufContents => ({ metadata: new Map(Object.entries(metadata)), tensors });

const encoded = (of: GgufContents): Buffer => Buffer.concat([...encodeGguf(of)]);

test.each<MetadataValue>([
  { type: 'uint8', value: 255 },
  { type: 'int8', value: -128 },
  { type: 'uint16', value: 65_535 },
  { type: 'int16', value: -32_768 },
  { type: 'uint32', value: 4_294_967_295 },
  { type: 'int32', value: -2_147_483_648 },
  { type: 'float32', value: 0.5 },
  { type: 'bool', value: true },
  { type: 'bool', value: false },
  { type: 'string', value: '' },
  { type: 'string', value: 'Grüße 🧀 \u0000 \u2581' },
  { type: 'uint64', value: 9_007_199_254_740_991 },
  { type: 'uint64', value: 18_446_744_073_709_551_615n },
  { type: 'int64', value: -9_223_372_036_854_775_808n },
  { type: 'float64', value: Math.PI },
  { type: 'array', elementType: 'string', count: 2, values: ['a', 'b'] },
  { type: 'array', elementType: 'bool', count: 2, values: [true, false] },
  { type: 'array', elementType: 'int64', count: 2, values: [-1, 9_223_372_036_854_775_807n] },
  { type: 'array', elementType: 'float32', count: 0, values: [] },
  {
    type: 'array',
    elementType: 'array',
    count: 1,
    values: [{ type: 'array', elementType: 'uint8', count: 3, values: [1, 2, 3] }],
  },
])('reads back what was written: $type $value', async (value) => {
  const header = await readGgufHeader(bytesSource(encoded(contents({ key: value }))));
  expect(header.metadata).toEqual(new Map([['key', value]]));
});

test('reads tensors with their place and size', async () => {
  const bytes = encoded(
    contents({}, [
      { name: 'a', dimensions: [5, 2], type: 'F32', values: () => ten },
      { name: 'b', dimensions: [32], type: 'Q8_0', values: () => new Float32Array(32) },
      { name: 'c', dimensions: [10], type: 'F16', values: () => ten },
    ]),
  );
  const header = await readGgufHeader(bytesSource(bytes));
  expect(
    header.tensors.map(({ name, dimensions, type: { name: typeName }, offset, elements, byteSize }) => [
      name,
      dimensions,
      typeName,
      offset,
      elements,
      byteSize,
    ]),
  ).toEqual([
    ['a', [5, 2], 'F32', 0, 10, 40],
    ['b', [32], 'Q8_0', 64, 32, 34],
    ['c', [10], 'F16', 128, 10, 20],
  ]);
  expect(header.dataOffset % 32).toBe(0);
  expect(header.expectedSize).toBe(header.dataOffset + 148);
  expect(header.fileSize).toBe(bytes.length);
  expect(bytes.readFloatLE(header.dataOffset + 4)).toBe(1);
});

test('follows the alignment that the file names', async () => {
  const bytes = encoded(
    contents({ 'general.alignment': { type: 'uint32', value: 128 } }, [
      { name: 'a', dimensions: [1], type: 'F32', values: () => new Float32Array(1) },
      { name: 'b', dimensions: [1], type: 'F32', values: () => new Float32Array(1) },
    ]),
  );
  const header = await readGgufHeader(bytesSource(bytes));
  expect([header.alignment, header.dataOffset % 128, header.tensors[1]?.offset]).toEqual([128, 0, 128]);
});

test('reads version 2, which has the same layout', async () => {
  const bytes = Buffer.concat([start(0, 1, 2), text('key'), type('uint32'), u32(7)]);
  const header = await readGgufHeader(bytesSource(bytes));
  expect(header.version).toBe(2);
  expect(header.metadata.get('key')).toEqual({ type: 'uint32', value: 7 });
  expect(header.expectedSize).toBe(bytes.length);
});

test('tells how much of a file is missing, and still reads its header', async () => {
  const bytes = encoded(contents({}, [{ name: 'a', dimensions: [10], type: 'F32', values: () => ten }]));
  const header = await readGgufHeader(bytesSource(bytes.subarray(0, -30)));
  expect(() => assertComplete(header)).toThrow(
    `The file ends after ${bytes.length - 30} bytes; its header promises ${header.expectedSize}.`,
  );
  assertComplete(await readGgufHeader(bytesSource(bytes)));
});

test('summarises long arrays, and tallies integers of a few kinds', async () => {
  const kinds = Array.from({ length: 1000 }, (_, index) => (index < 256 ? 6 : 1));
  const many = Array.from({ length: 1000 }, (_, index) => index);
  const bytes = encoded(
    contents({
      kinds: { type: 'array', elementType: 'int32', count: 1000, values: kinds },
      many: { type: 'array', elementType: 'uint16', count: 1000, values: many },
      words: { type: 'array', elementType: 'string', count: 1000, values: many.map(String) },
      floats: { type: 'array', elementType: 'float32', count: 1000, values: many },
      last: { type: 'string', value: 'here' },
    }),
  );
  const { metadata } = await readGgufHeader(bytesSource(bytes));
  expect(metadata.get('kinds')).toEqual({
    type: 'array',
    elementType: 'int32',
    count: 1000,
    tally: new Map([
      [6, 256],
      [1, 744],
    ]),
  });
  expect(metadata.get('many')).toEqual({ type: 'array', elementType: 'uint16', count: 1000 });
  expect(metadata.get('words')).toEqual({ type: 'array', elementType: 'string', count: 1000 });
  expect(metadata.get('last')).toEqual({ type: 'string', value: 'here' });

  const all = await readGgufHeader(bytesSource(bytes), { keepArraysUpTo: Infinity });
  expect(all.metadata.get('words')).toMatchObject({ values: many.map(String) });
  expect(all.metadata.get('floats')).toMatchObject({ values: many });
});

test('reads a header of megabytes in windows of at most one', async () => {
  const words = Array.from({ length: 150_000 }, (_, index) => `token number ${index}`);
  const bytes = encoded(
    contents({ words: { type: 'array', elementType: 'string', count: words.length, values: words } }),
  );
  const reads: number[] = [];
  const source: ByteSource = {
    size: bytes.length,
    async read(offset, length) {
      reads.push(length);
      return bytes.subarray(offset, offset + length);
    },
  };
  const { metadata } = await readGgufHeader(source);
  expect(metadata.get('words')).toMatchObject({ count: 150_000 });
  expect(reads[0]).toBe(64 * 1024);
  expect(Math.max(...reads)).toBe(1024 * 1024);
});

test('reports a source that ends before its size', async () => {
  const bytes = encoded(contents({ key: { type: 'string', value: 'x'.repeat(100) } }));
  const source: ByteSource = {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, Math.min(offset + length, 60)),
  };
  await expect(readGgufHeader(source)).rejects.toMatchObject({ code: 'truncated' });
});
