import { alignmentOf, alignUp } from './alignment.ts';
import { GgufError } from './errors.ts';
import { type MetadataLimits, readMetadata } from './read-metadata.ts';
import { readTensors, type TensorInfo } from './read-tensors.ts';
import type { ByteSource } from './source.ts';
import type { Metadata } from './values.ts';
import { type Parsing, Window } from './window.ts';

/** What a GGUF file says of itself before its tensor data begin. */
export interface GgufHeader {
  readonly version: number;
  readonly metadata: Metadata;
  readonly tensors: readonly TensorInfo[];
  /** In bytes; each tensor starts at a multiple of it. */
  readonly alignment: number;
  /** Where the tensor data begin, in bytes from the start of the file. */
  readonly dataOffset: number;
  readonly fileSize: number;
  /** The fewest bytes that the whole file has, by what the header says. */
  readonly expectedSize: number;
}

export interface ReadOptions {
  /** Arrays with more elements are summarised as type and count. Default 256; `Infinity` keeps all. */
  readonly keepArraysUpTo?: number;
}

const maxTensors = 65_536;
const maxKeys = 65_536;
const smallestPair = 8 + 1 + 4 + 1; // a key of one byte with a value of one byte
const smallestTensor = 8 + 1 + 4 + 4 + 8; // a name of one byte, no dimensions
const firstWindow = 64 * 1024;
const largestWindow = 1024 * 1024;

/**
 * Reads and checks the header of a GGUF file, versions 2 and 3, little endian, as the GGUF
 * specification and llama.cpp's gguf.cpp have it. Memory and time are bounded by the bytes that
 * are really there, whatever counts the file claims.
 *
 * A file whose tensor data are cut off still has a readable header: see `assertComplete`.
 * Rejects with `GgufError`, or with the source's own error where it fails to read.
 */
export async function readGgufHeader(source: ByteSource, options: ReadOptions = {}): Promise<GgufHeader> {
  const window = new Window(source.size);
  const parsing = parseHeader(window, { keepArraysUpTo: options.keepArraysUpTo ?? 256 });
  let windowBytes = firstWindow;
  let step = parsing.next();
  while (!step.done) {
    const length = Math.min(Math.max(step.value, windowBytes), window.remaining);
    // Each read depends on what the one before it said.
    // oxlint-disable-next-line no-await-in-loop
    const bytes = await source.read(window.position, length);
    if (bytes.length < step.value) {
      const end = window.position + bytes.length;
      throw new GgufError('truncated', `The file ends after ${end} bytes, inside its header.`);
    }
    window.refill(bytes);
    windowBytes = Math.min(windowBytes * 2, largestWindow);
    step = parsing.next();
  }
  return step.value;
}

/** Throws `GgufError` 'truncated' where the file is shorter than its header promises. */
export function assertComplete(header: GgufHeader): void {
  if (header.fileSize >= header.expectedSize) return;
  throw new GgufError(
    'truncated',
    `The file ends after ${header.fileSize} bytes; its header promises ${header.expectedSize}.`,
  );
}

function* parseHeader(window: Window, limits: MetadataLimits): Parsing<GgufHeader> {
  const version = yield* readVersion(window);
  if (!window.has(16)) yield 16;
  const tensorCount = window.uint64();
  const keyCount = window.uint64();
  expectCount('tensors', tensorCount, maxTensors, smallestTensor, window);
  expectCount('metadata keys', keyCount, maxKeys, smallestPair, window);
  const metadata = yield* readMetadata(window, keyCount, limits);
  const alignment = alignmentOf(metadata);
  const tensors = yield* readTensors(window, tensorCount, alignment);
  const headerEnd = window.position;
  const dataOffset = alignUp(headerEnd, alignment);
  const last = tensors.at(-1);
  const expectedSize = last ? dataOffset + last.offset + last.byteSize : headerEnd;
  return { version, metadata, tensors, alignment, dataOffset, fileSize: window.size, expectedSize };
}

function* readVersion(window: Window): Parsing<number> {
  const start = Math.min(window.remaining, 16);
  if (!window.has(start)) yield start;
  const bytes = window.bytes(start);
  if (bytes.toString('latin1', 0, 4) !== 'GGUF') throw new GgufError('not_gguf', describeStranger(bytes));
  if (bytes.length < 8) throw new GgufError('truncated', `The file ends after ${bytes.length} bytes.`);
  const version = bytes.readUInt32LE(4);
  // The version is a small number: with its low half empty it is one that was written big endian.
  if (version !== 0 && (version & 0xffff) === 0) {
    throw new GgufError('big_endian', 'This is a big-endian GGUF file, made for another kind of processor.');
  }
  if (version !== 2 && version !== 3) {
    throw new GgufError(
      'unsupported_version',
      `This is GGUF version ${version}; versions 2 and 3 can be read.`,
    );
  }
  window.position = 8;
  return version;
}

const strangers: readonly (readonly [start: string, what: string])[] = [
  ['lmgg', 'This is a GGML file, the format before GGUF, which llama.cpp no longer reads.'],
  ['fmgg', 'This is a GGMF file, a format before GGUF, which llama.cpp no longer reads.'],
  ['tjgg', 'This is a GGJT file, a format before GGUF, which llama.cpp no longer reads.'],
  ['version https:/', 'This is a Git LFS pointer: the real file has not been fetched.'],
  ['<!', 'This is a web page, not a GGUF file.'],
  ['<html', 'This is a web page, not a GGUF file.'],
  ['PK\u0003\u0004', 'This is a ZIP archive (PyTorch models are kept so), not a GGUF file.'],
];

function describeStranger(start: Buffer): string {
  const text = start.toString('latin1');
  if (text === '') return 'The file is empty.';
  if (text.startsWith('{"', 8)) return 'This looks like a SafeTensors file, not a GGUF file.';
  const known = strangers.find(([prefix]) => text.startsWith(prefix));
  return known?.[1] ?? 'This is not a GGUF file: it does not begin with the letters GGUF.';
}

/** Refuses a count past the limit, or one that the rest of the file could not hold. */
function expectCount(what: string, count: number, most: number, smallest: number, window: Window): void {
  if (count > most) {
    throw new GgufError('too_large', `The header claims ${count} ${what}; at most ${most} are read.`);
  }
  if (count * smallest > window.remaining) {
    throw new GgufError(
      'truncated',
      `The file ends after ${window.size} bytes; it claims ${count} ${what}, more than that could hold.`,
    );
  }
}
