import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeGguf, type GgufContents, type TensorContents } from '@impetus/gguf';
import { cacheFolder } from '../cache.ts';
import { metadataOf } from './metadata.ts';
import { RandomBlocks } from './random-blocks.ts';
import { shapes, tensorsOf, type ModelSize, type Norm, type Shape, type Weights } from './shape.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

/** Part of each file's name: raise it when what is written changes. */
const recipe = 1;
const alignment = 32;
/** Rows are made and written so many weights at a time. */
const chunkElements = 4 * 2 ** 20;

export interface SyntheticModel {
  /** The folder that holds it and nothing else, as an agent's models folder. */
  readonly folder: string;
  readonly path: string;
}

/** Writes a model of random weights, once. It computes as much as a trained one of its size and knows nothing. */
export async function syntheticModel(size: ModelSize, say: (what: string) => void): Promise<SyntheticModel> {
  const folder = await cacheFolder('models', `${size}-${recipe}`);
  const path = join(folder, `synthetic-${size}-q8_0.gguf`);
  if (existsSync(path)) return { folder, path };
  say(`writing a synthetic model of ${size} parameters, once`);
  const unfinished = `${path}.part`;
  await rm(unfinished, { force: true });
  await using file = await open(unfinished, 'wx');
  await file.writeFile(encode(size));
  await rename(unfinished, path);
  return { folder, path };
}

/** The header comes from the writer; the weights are random blocks already and need no quantising. */
function* encode(size: ModelSize): Generator<Uint8Array> {
  const shape = shapes[size];
  const vocabulary = createVocabulary(shape.vocabulary);
  const tensors = tensorsOf(shape);
  const header = encodeGguf(headerContents(size, shape, vocabulary, tensors));
  for (const part of [header.next(), header.next()]) if (part.done !== true) yield part.value;
  const random = new RandomBlocks(shape.embedding);
  for (const tensor of tensors) {
    let length = 0;
    for (const bytes of contents(tensor, random, vocabulary.firstWord)) {
      length += bytes.length;
      yield bytes;
    }
    yield new Uint8Array((alignment - (length % alignment)) % alignment);
  }
}

function headerContents(
  size: ModelSize,
  shape: Shape,
  vocabulary: Vocabulary,
  tensors: readonly (Weights | Norm)[],
): GgufContents {
  return {
    metadata: metadataOf(`Synthetic ${size}`, shape, vocabulary),
    tensors: tensors.map((tensor): TensorContents => {
      const values = () => new Float32Array();
      return 'rows' in tensor
        ? { name: tensor.name, dimensions: [tensor.rowLength, tensor.rows], type: 'Q8_0', values }
        : { name: tensor.name, dimensions: [tensor.length], type: 'F32', values };
    }),
  };
}

/** A row of zeros in the output makes a token that no answer has: bytes and letters would not read back alike. */
function* contents(tensor: Weights | Norm, random: RandomBlocks, firstWord: number): Generator<Uint8Array> {
  if (!('rows' in tensor)) {
    yield new Uint8Array(new Float32Array(tensor.length).fill(1).buffer);
    return;
  }
  const { name, rowLength, rows } = tensor;
  const chunkRows = Math.max(1, Math.floor(chunkElements / rowLength));
  for (let row = 0; row < rows; row += chunkRows) {
    const count = Math.min(chunkRows, rows - row);
    const silent = name === 'token_embd.weight' ? Math.max(0, Math.min(count, firstWord - row)) : 0;
    yield random.rows(count, rowLength, silent);
  }
}
