import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertComplete, readGgufHeader } from './header.ts';
import { fileSource } from './source.ts';
import type { MetadataValue } from './values.ts';
import { encodeGguf, type GgufContents, writeGgufFile } from './write.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gguf-'));
});
afterEach(() => rm(folder, { recursive: true }));

const contents: GgufContents = {
  metadata: new Map<string, MetadataValue>([['general.architecture', { type: 'string', value: 'llama' }]]),
  tensors: [
    {
      name: 'large',
      dimensions: [1024, 200],
      type: 'F32',
      values: () => Float32Array.from({ length: 1024 * 200 }, (_, index) => index),
    },
    { name: 'small', dimensions: [3], type: 'F16', values: () => Float32Array.of(1, 2, 3) },
  ],
};

test('writes a file that reads back complete, and leaves nothing beside it', async () => {
  const path = join(folder, 'model.gguf');
  await writeGgufFile(path, contents);
  await using source = await fileSource(path);
  const header = await readGgufHeader(source);
  assertComplete(header);
  const large = Buffer.from(await source.read(header.dataOffset + 4 * 204_799, 4));
  expect(large.readFloatLE()).toBe(204_799);
  expect(await readdir(folder)).toEqual(['model.gguf']);
});

test('replaces a file as a whole or not at all', async () => {
  const path = join(folder, 'model.gguf');
  await writeGgufFile(path, contents);
  const before = await readFile(path);
  const failing: GgufContents = {
    ...contents,
    tensors: [{ name: 'short', dimensions: [4], type: 'F32', values: () => new Float32Array(3) }],
  };
  await expect(writeGgufFile(path, failing)).rejects.toThrow('has 3 values, not 4');
  expect(await readFile(path)).toEqual(before);
  expect(await readdir(folder)).toEqual(['model.gguf']);
});

test('gives the same bytes each time, in chunks', () => {
  const chunks = [...encodeGguf(contents)];
  expect(Buffer.concat(chunks)).toEqual(Buffer.concat([...encodeGguf(contents)]));
  expect(Math.max(...chunks.map(({ length }) => length))).toBe(256 * 1024);
});

test.each<[what: string, metadata: MetadataValue]>([
  ['a number past its type', { type: 'uint8', value: 256 }],
  ['an array without its elements', { type: 'array', elementType: 'uint8', count: 2 }],
  ['an element of another type', { type: 'array', elementType: 'string', count: 1, values: [1] }],
])('refuses to write %s', (_, value) => {
  expect(() => [...encodeGguf({ metadata: new Map([['key', value]]), tensors: [] })]).toThrow(RangeError);
});

test('refuses rows that are no whole blocks', () => {
  const tensors: GgufContents['tensors'] = [
    { name: 'odd', dimensions: [33], type: 'Q8_0', values: () => new Float32Array(33) },
  ];
  expect(() => [...encodeGguf({ metadata: new Map(), tensors })]).toThrow('no multiple of 32');
});
