import { expect, test } from 'vitest';
import { GgufError, type GgufErrorCode } from './errors.ts';
import { readGgufHeader } from './header.ts';
import { type ByteSource, bytesSource } from './source.ts';
import { start, tensor, text, type, u32, u64 } from './testing/raw-header.ts';
import { encodeGguf } from './write.ts';

const huge = 2n ** 60n;
const pair = (key: string, value: Buffer): Buffer => Buffer.concat([start(0, 1), text(key), value]);
const withTensor = (...tensors: Buffer[]): Buffer => Buffer.concat([start(tensors.length, 0), ...tensors]);
const nested = (depth: number): Buffer =>
  Buffer.concat([
    type('array'),
    ...Array.from({ length: depth }, () => Buffer.concat([type('array'), u64(1)])),
    type('uint8'),
    u64(0),
  ]);
const bigEndian = Buffer.from(start(0, 0));
bigEndian.writeUInt32BE(3, 4);

const hostile: [what: string, code: GgufErrorCode, says: string, bytes: Buffer][] = [
  ['an empty file', 'not_gguf', 'empty', Buffer.alloc(0)],
  ['some other file', 'not_gguf', 'letters GGUF', Buffer.from('hello world')],
  ['a web page', 'not_gguf', 'web page', Buffer.from('<!DOCTYPE html><html>')],
  [
    'a Git LFS pointer',
    'not_gguf',
    'Git LFS',
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0'),
  ],
  [
    'a SafeTensors file',
    'not_gguf',
    'SafeTensors',
    Buffer.concat([u64(20), Buffer.from('{"__metadata__":{}}')]),
  ],
  ['a GGJT file', 'not_gguf', 'GGJT', Buffer.from('tjgg\u0003\u0000\u0000\u0000')],
  ['the magic alone', 'truncated', '4 bytes', Buffer.from('GGUF')],
  ['version 1', 'unsupported_version', 'version 1', start(0, 0, 1)],
  ['version 0', 'unsupported_version', 'version 0', start(0, 0, 0)],
  ['version 4', 'unsupported_version', 'version 4', start(0, 0, 4)],
  ['a big-endian file', 'big_endian', 'big-endian', bigEndian],
  ['a cut in the counts', 'truncated', '20 bytes', start(0, 0).subarray(0, 20)],
  ['2^60 tensors', 'too_large', 'tensors', start(huge, 0)],
  ['2^60 keys', 'too_large', 'metadata keys', start(0, huge)],
  ['more tensors than fit', 'truncated', '1000 tensors', start(1000, 0)],
  ['more keys than fit', 'truncated', '1000 metadata keys', start(0, 1000)],
  ['a key past the end', 'truncated', 'ends', Buffer.concat([start(0, 1), u64(40), Buffer.alloc(30)])],
  [
    'a key of 2^60 bytes',
    'malformed',
    'metadata key',
    Buffer.concat([start(0, 1), u64(huge), Buffer.alloc(30)]),
  ],
  ['an empty key', 'malformed', 'empty', Buffer.concat([start(0, 1), text(''), Buffer.alloc(8)])],
  [
    'a key that is not UTF-8',
    'malformed',
    'UTF-8',
    Buffer.concat([start(0, 1), text(Buffer.of(0xc3, 0x28)), Buffer.alloc(8)]),
  ],
  [
    'the same key twice',
    'malformed',
    'occurs twice',
    Buffer.concat([start(0, 2), text('a'), type('uint32'), u32(1), text('a'), type('uint32'), u32(1)]),
  ],
  ['an unknown value type', 'malformed', 'type 13', pair('a', Buffer.concat([u32(13), u32(0)]))],
  ['a string past the end', 'truncated', 'ends', pair('a', Buffer.concat([type('string'), u64(1000)]))],
  ['a string of 2^60 bytes', 'too_large', 'metadata', pair('a', Buffer.concat([type('string'), u64(huge)]))],
  [
    'an array of 2^60 numbers',
    'truncated',
    'elements',
    pair('a', Buffer.concat([type('array'), type('float64'), u64(huge)])),
  ],
  [
    'an array of 2^60 strings',
    'truncated',
    'elements',
    pair('a', Buffer.concat([type('array'), type('string'), u64(huge)])),
  ],
  [
    'a skipped string of 2^60 bytes',
    'truncated',
    'ends',
    pair('a', Buffer.concat([type('array'), type('string'), u64(300), u64(huge), Buffer.alloc(3000)])),
  ],
  ['arrays in arrays in arrays', 'malformed', 'nests', pair('a', nested(10_000))],
  [
    'an alignment of 48',
    'malformed',
    'power of two',
    pair('general.alignment', Buffer.concat([type('uint32'), u32(48)])),
  ],
  [
    'an alignment of zero',
    'malformed',
    'power of two',
    pair('general.alignment', Buffer.concat([type('uint32'), u32(0)])),
  ],
  [
    'an alignment as text',
    'malformed',
    'power of two',
    pair('general.alignment', Buffer.concat([type('string'), text('32')])),
  ],
  ['an unnamed tensor', 'malformed', 'empty', withTensor(tensor('', [1]))],
  ['a tensor name of 65 bytes', 'malformed', 'tensor name', withTensor(tensor('x'.repeat(65), [1]))],
  [
    'two tensors of one name',
    'malformed',
    'occurs twice',
    withTensor(tensor('a', [1]), tensor('a', [1], 0, 32)),
  ],
  ['five dimensions', 'malformed', '5 dimensions', withTensor(tensor('a', [1, 1, 1, 1, 1]))],
  [
    '2^32 - 1 dimensions',
    'malformed',
    'dimensions',
    Buffer.concat([start(1, 0), text('a'), u32(0xffff_ffff), Buffer.alloc(64)]),
  ],
  ['a dimension of zero', 'malformed', 'zero', withTensor(tensor('a', [4, 0]))],
  ['dimensions that overflow', 'malformed', 'more data', withTensor(tensor('a', [2n ** 40n, 2n ** 40n]))],
  ['a dimension of 2^60', 'malformed', 'more data', withTensor(tensor('a', [huge]))],
  ['rows that are no whole blocks', 'malformed', 'blocks of 32', withTensor(tensor('a', [33], 8))],
  ['a removed tensor type', 'unsupported_type', 'type 31', withTensor(tensor('a', [32], 31))],
  ['an unknown tensor type', 'unsupported_type', 'type 999', withTensor(tensor('a', [32], 999))],
  ['a tensor elsewhere', 'malformed', 'follow at 0', withTensor(tensor('a', [1], 0, 4096))],
  ['tensors that overlap', 'malformed', 'follow at 32', withTensor(tensor('a', [1]), tensor('b', [1]))],
  ['a tensor at 2^60', 'malformed', 'follow at 0', withTensor(tensor('a', [1], 0, huge))],
];

test.each(hostile)('refuses %s as %s', async (_, code, says, bytes) => {
  const reading = readGgufHeader(bytesSource(bytes), { keepArraysUpTo: 256 });
  await expect(reading).rejects.toMatchObject({ name: 'GgufError', code });
  await expect(reading).rejects.toThrow(says);
});

test('an array that is kept on request cannot take more memory than allowed', async () => {
  const count = 5_000_000;
  const empty = Buffer.alloc(count * 8);
  const bytes = pair('a', Buffer.concat([type('array'), type('string'), u64(count), empty]));
  const reading = readGgufHeader(bytesSource(bytes), { keepArraysUpTo: Infinity });
  await expect(reading).rejects.toMatchObject({ code: 'too_large' });
});

test('two thousand mutations of a small file are read or refused as GgufError, for no more reads than the file is worth', async () => {
  const valid = Buffer.concat([
    ...encodeGguf({
      metadata: new Map([
        ['general.architecture', { type: 'string', value: 'llama' }],
        ['numbers', { type: 'array', elementType: 'uint16', count: 3, values: [1, 2, 3] }],
        ['words', { type: 'array', elementType: 'string', count: 2, values: ['a', 'bc'] }],
        ['wide', { type: 'uint64', value: 7 }],
      ]),
      tensors: [
        { name: 'a', dimensions: [32, 2], type: 'Q8_0', values: () => new Float32Array(64) },
        { name: 'b', dimensions: [3], type: 'F32', values: () => new Float32Array(3) },
      ],
    }),
  ]);
  const random = seededRandom(42);
  let refused = 0;
  for (let round = 0; round < 2000; round += 1) {
    const bytes = mutated(valid, random);
    const source = countingSource(bytes);
    try {
      // oxlint-disable-next-line no-await-in-loop -- one at a time keeps a failure's round known
      await readGgufHeader(source);
    } catch (error) {
      expect(error).toBeInstanceOf(GgufError);
      refused += 1;
    }
    // Work goes by bytes: a claimed count that made the reader loop would show here.
    expect(source.bytesRead).toBeLessThanOrEqual(2 * bytes.length);
  }
  expect(refused).toBeGreaterThan(500);
});

function countingSource(bytes: Uint8Array): ByteSource & { bytesRead: number } {
  const source = {
    size: bytes.length,
    bytesRead: 0,
    async read(offset: number, length: number) {
      source.bytesRead += length;
      return bytes.subarray(offset, offset + length);
    },
  };
  return source;
}

/** Changes one to four places of a copy: a random byte, an extreme byte, or a cut. */
function mutated(valid: Buffer, random: () => number): Buffer {
  const bytes = Buffer.from(valid);
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change += 1) {
    const place = Math.floor(random() * bytes.length);
    bytes[place] = random() < 0.3 ? 255 : Math.floor(random() * 256);
  }
  return random() < 0.1 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
}

/** A linear congruential generator (the constants of Numerical Recipes), so that a failure repeats. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
