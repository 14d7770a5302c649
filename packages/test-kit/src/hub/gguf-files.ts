import { closeSync, openSync, readSync } from 'node:fs';
import {
  encodeGguf,
  fileSource,
  readGgufHeader,
  type GgufHeader,
  type Metadata,
  type TensorContents,
  type TensorInfo,
} from '@impetus/gguf';

type Quant = TensorContents['type'];

/** A model of plain numbers, whose files the local Hub offers in several forms. */
export interface PlainModel {
  readonly header: GgufHeader;
  readonly valuesOf: (tensor: TensorInfo) => Float32Array;
}

export async function readPlainModel(path: string): Promise<PlainModel> {
  await using source = await fileSource(path);
  const header = await readGgufHeader(source, { keepArraysUpTo: Infinity });
  return { header, valuesOf: (tensor) => decode(tensor, read(path, tensor, header)) };
}

/** The model's file with its matrices in another type; a row's length decides whether that can be. */
export function quantised(model: PlainModel, quant: Quant): Buffer {
  return encode(
    metadataOf(model, quant),
    model.header.tensors.map((tensor) => contentsOf(model, tensor, quant)),
  );
}

/** The files of the same model in `count` parts. */
export function splitUp(model: PlainModel, quant: Quant, count: number): Buffer[] {
  const { tensors } = model.header;
  const metadata = metadataOf(model, quant);
  const perPart = Math.ceil(tensors.length / count);
  return Array.from({ length: count }, (_, part) => {
    const place: Metadata = new Map([
      ['split.no', { type: 'uint16', value: part }],
      ['split.count', { type: 'uint16', value: count }],
      ['split.tensors.count', { type: 'int32', value: tensors.length }],
    ]);
    const own = tensors.slice(part * perPart, (part + 1) * perPart);
    // The parts after the first hold tensors alone.
    const known = part === 0 ? new Map([...metadata, ...place]) : place;
    return encode(
      known,
      own.map((tensor) => contentsOf(model, tensor, quant)),
    );
  });
}

/** The header of a model too large for any disk here, and the size that it claims. */
export function giantHeader(
  model: PlainModel,
  blocks: number,
  width: number,
): { head: Buffer; size: number } {
  const metadata = new Map(model.header.metadata);
  const number = (key: string, value: number) => metadata.set(`llama.${key}`, { type: 'uint32', value });
  number('block_count', blocks);
  number('embedding_length', width);
  number('feed_forward_length', width * 4);
  number('attention.head_count', width / 128);
  number('attention.head_count_kv', 8);
  number('rope.dimension_count', 128);
  number('attention.key_length', 128);
  number('attention.value_length', 128);
  metadata.set('general.file_type', { type: 'uint32', value: fileTypes.F16 });
  number('context_length', 131_072);
  metadata.set('general.name', { type: 'string', value: 'Giant' });
  metadata.delete('general.size_label');
  const tensors = Array.from({ length: blocks }, (_, block) => blockOf(block, width)).flat();
  const head = encodeGguf({ metadata, tensors }).next().value as Uint8Array;
  const size = tensors.reduce((total, { dimensions }) => total + elements(dimensions) * 2, head.length);
  return { head: Buffer.from(head), size: size + 65_536 };
}

/** As llama.cpp numbers the types of whole files. */
const fileTypes: Readonly<Record<Quant, number>> = { F32: 0, F16: 1, Q8_0: 7 };

function metadataOf({ header }: PlainModel, quant: Quant): Metadata {
  const metadata = new Map(header.metadata);
  metadata.set('general.file_type', { type: 'uint32', value: fileTypes[quant] });
  // As most files on the Hub, they leave their licence to their repo.
  metadata.delete('general.license');
  return metadata;
}

function blockOf(block: number, width: number): TensorContents[] {
  const matrix = (name: string, rows: number, columns: number): TensorContents => ({
    name: `blk.${block}.${name}.weight`,
    dimensions: [rows, columns],
    type: 'F16',
    values: () => new Float32Array(),
  });
  return [
    matrix('attn_q', width, width),
    matrix('attn_k', width, 1024),
    matrix('attn_v', width, 1024),
    matrix('attn_output', width, width),
    matrix('ffn_gate', width, width * 4),
    matrix('ffn_up', width, width * 4),
    matrix('ffn_down', width * 4, width),
  ];
}

function contentsOf(model: PlainModel, tensor: TensorInfo, quant: Quant): TensorContents {
  const [row = 1, ...others] = tensor.dimensions;
  const plain = others.length === 0 || row % 32 !== 0;
  return {
    name: tensor.name,
    dimensions: tensor.dimensions,
    type: plain ? 'F32' : quant,
    values: () => model.valuesOf(tensor),
  };
}

function encode(metadata: Metadata, tensors: readonly TensorContents[]): Buffer {
  return Buffer.concat([...encodeGguf({ metadata, tensors })]);
}

function read(path: string, tensor: TensorInfo, { dataOffset }: GgufHeader): Buffer {
  const bytes = Buffer.alloc(tensor.byteSize);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes, 0, bytes.length, dataOffset + tensor.offset);
  } finally {
    closeSync(file);
  }
  return bytes;
}

function decode(tensor: TensorInfo, bytes: Buffer): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (tensor.type.name === 'F32')
    return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
  if (tensor.type.name === 'F16')
    return Float32Array.from({ length: bytes.length / 2 }, (_, index) => view.getFloat16(index * 2, true));
  if (tensor.type.name === 'Q8_0') {
    const values = new Float32Array((bytes.length / 34) * 32);
    values.forEach((_, index) => {
      const block = Math.floor(index / 32) * 34;
      values[index] = view.getFloat16(block, true) * view.getInt8(block + 2 + (index % 32));
    });
    return values;
  }
  throw new Error(`${tensor.name} is of type ${tensor.type.name}, which is not read here.`);
}

function elements(dimensions: readonly number[]): number {
  return dimensions.reduce((total, length) => total * length, 1);
}
