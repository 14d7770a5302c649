import { alignUp } from './alignment.ts';
import { GgufError } from './errors.ts';
import { readName } from './read-metadata.ts';
import { type TensorType, tensorTypeById } from './tensor-types.ts';
import type { Parsing, Window } from './window.ts';

const maxNameBytes = 64; // the specification's limit
const maxDimensions = 4;

export interface TensorInfo {
  readonly name: string;
  /** Elements along each dimension, the contiguous one (a row) first. */
  readonly dimensions: readonly number[];
  readonly type: TensorType;
  /** In bytes from the start of the tensor data. */
  readonly offset: number;
  readonly elements: number;
  /** Without the padding after it. */
  readonly byteSize: number;
}

/** Reads `count` tensor infos from the window's position and checks that their data lie end to end. */
export function* readTensors(window: Window, count: number, alignment: number): Parsing<TensorInfo[]> {
  const tensors: TensorInfo[] = [];
  const names = new Set<string>();
  let expectedOffset = 0;
  for (let index = 0; index < count; index += 1) {
    const tensor = yield* readTensor(window);
    if (names.has(tensor.name)) throw new GgufError('malformed', `The tensor "${tensor.name}" occurs twice.`);
    names.add(tensor.name);
    // llama.cpp insists on this order too, and with it no two tensors can share bytes.
    if (tensor.offset !== expectedOffset) {
      throw new GgufError(
        'malformed',
        `The tensor "${tensor.name}" is said to be at ${tensor.offset}; it should follow at ${expectedOffset}.`,
      );
    }
    expectedOffset = alignUp(tensor.offset + tensor.byteSize, alignment);
    expectSafe(expectedOffset, tensor.name);
    tensors.push(tensor);
  }
  return tensors;
}

function* readTensor(window: Window): Parsing<TensorInfo> {
  const name = yield* readName(window, 'tensor name', maxNameBytes);
  const dimensions = yield* readDimensions(window, name);
  if (!window.has(12)) yield 12;
  const type = knownType(window.uint32(), name);
  const offset = window.uint64();
  const elements = dimensions.reduce((product, length) => product * length, 1);
  expectSafe(elements, name);
  if ((dimensions[0] ?? 1) % type.blockElements !== 0) {
    throw new GgufError(
      'malformed',
      `The tensor "${name}" has rows of ${dimensions[0] ?? 1} elements, which ${type.name} cannot store in blocks of ${type.blockElements}.`,
    );
  }
  const byteSize = (elements / type.blockElements) * type.blockBytes;
  expectSafe(byteSize, name);
  return { name, dimensions, type, offset, elements, byteSize };
}

function* readDimensions(window: Window, name: string): Parsing<number[]> {
  if (!window.has(4)) yield 4;
  const count = window.uint32();
  if (count > maxDimensions) {
    throw new GgufError(
      'malformed',
      `The tensor "${name}" claims ${count} dimensions; at most ${maxDimensions} are allowed.`,
    );
  }
  if (!window.has(count * 8)) yield count * 8;
  const dimensions = Array.from({ length: count }, () => window.uint64());
  if (dimensions.includes(0)) {
    throw new GgufError('malformed', `The tensor "${name}" has a dimension of zero.`);
  }
  return dimensions;
}

function knownType(id: number, name: string): TensorType {
  const type = tensorTypeById(id);
  if (type) return type;
  throw new GgufError(
    'unsupported_type',
    `The tensor "${name}" has the type ${id}, which was removed from the format or is newer than this program.`,
  );
}

function expectSafe(count: number, name: string): void {
  if (Number.isSafeInteger(count)) return;
  throw new GgufError('malformed', `The tensor "${name}" claims more data than any file can hold.`);
}
