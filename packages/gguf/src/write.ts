import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { alignmentOf, alignUp } from './alignment.ts';
import { ByteWriter } from './byte-writer.ts';
import { encoders } from './quantise.ts';
import type { Metadata } from './values.ts';

/** A tensor to write. */
export interface TensorContents {
  readonly name: string;
  /** Elements along each dimension, the contiguous one (a row) first. */
  readonly dimensions: readonly number[];
  readonly type: keyof typeof encoders;
  /** Called once, when it is this tensor's turn, so that only one has to be in memory. */
  readonly values: () => Float32Array;
}

export interface GgufContents {
  readonly metadata: Metadata;
  readonly tensors: readonly TensorContents[];
}

const version = 3;
const chunkElements = 64 * 1024; // a multiple of every block size

/**
 * The bytes of a GGUF file, version 3, in order and in chunks of at most some hundred kB beside the
 * header. Equal contents give equal bytes. Throws RangeError where a tensor's size does not fit.
 */
export function* encodeGguf(contents: GgufContents): Generator<Uint8Array> {
  const alignment = alignmentOf(contents.metadata);
  const header = encodeHeader(contents, alignment);
  yield header;
  yield padding(header.length, alignment);
  for (const tensor of contents.tensors) {
    yield* encodeTensor(tensor);
    yield padding(byteSize(tensor), alignment);
  }
}

/**
 * Writes a GGUF file so that `path` never holds half of one: beside it first, then renamed.
 * Rejects with the errors of the file system.
 */
export async function writeGgufFile(path: string, contents: GgufContents): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    await writeSynced(unfinished, contents);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeSynced(path: string, contents: GgufContents): Promise<void> {
  await using file = await open(path, 'wx');
  await file.writeFile(encodeGguf(contents));
  await file.sync();
}

function encodeHeader({ metadata, tensors }: GgufContents, alignment: number): Uint8Array {
  const writer = new ByteWriter();
  writer.bytes(Buffer.from('GGUF'));
  writer.uint32(version);
  writer.uint64(tensors.length);
  writer.uint64(metadata.size);
  for (const [key, value] of metadata) {
    writer.text(key);
    writer.value(value);
  }
  let offset = 0;
  for (const tensor of tensors) {
    writer.text(tensor.name);
    writer.uint32(tensor.dimensions.length);
    for (const length of tensor.dimensions) writer.uint64(length);
    writer.uint32(encoders[tensor.type].id);
    writer.uint64(offset);
    offset = alignUp(offset + byteSize(tensor), alignment);
  }
  return writer.finish();
}

function* encodeTensor(tensor: TensorContents): Generator<Uint8Array> {
  const values = tensor.values();
  if (values.length !== elementsOf(tensor)) {
    throw new RangeError(
      `The tensor "${tensor.name}" has ${values.length} values, not ${elementsOf(tensor)}.`,
    );
  }
  for (let from = 0; from < values.length; from += chunkElements) {
    yield encoders[tensor.type].encode(values.subarray(from, from + chunkElements));
  }
}

function byteSize(tensor: TensorContents): number {
  const { blockElements, blockBytes } = encoders[tensor.type];
  if ((tensor.dimensions[0] ?? 1) % blockElements !== 0) {
    throw new RangeError(
      `The rows of "${tensor.name}" are no multiple of ${blockElements}, as ${tensor.type} needs.`,
    );
  }
  return (elementsOf(tensor) / blockElements) * blockBytes;
}

function elementsOf(tensor: TensorContents): number {
  return tensor.dimensions.reduce((product, length) => product * length, 1);
}

function padding(length: number, alignment: number): Uint8Array {
  return new Uint8Array(alignUp(length, alignment) - length);
}
