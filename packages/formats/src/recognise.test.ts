import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { recognise } from './recognise.ts';

const source = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
});
const look = (bytes: Uint8Array) => recognise(source(bytes));

function safeTensors(header: unknown, data = 16): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(data)]);
}

/** A field with a length, of a protobuf. */
function field(number: number, content: Buffer | string): Buffer {
  const body = Buffer.from(content);
  const tag = number * 8 + 2;
  const head = tag < 128 ? [tag] : [(tag & 0x7f) | 0x80, tag >> 7];
  return Buffer.concat([Buffer.from([...head, body.length]), body]);
}

/** A ZIP whose directory alone names the file. */
function zip(name: string): Buffer {
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(1_200)]);
  const directory = Buffer.concat([Buffer.from('504b0102', 'hex'), Buffer.alloc(42), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}

const version = (number: number) => Buffer.from([0x08, number]);
const weight = { dtype: 'BF16', shape: [2, 4], data_offsets: [0, 16] };

describe('recognise', () => {
  it('knows GGUF', async () => {
    expect(await look(Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(20)]))).toEqual({ format: 'gguf' });
  });

  it('knows SafeTensors and what is in it', async () => {
    expect(await look(safeTensors({ __metadata__: { format: 'mlx' }, w: weight }))).toEqual({
      format: 'safetensors',
      tensors: 1,
      elements: 8,
      type: 'BF16',
      madeFor: 'mlx',
      truncated: false,
    });
  });

  it('says when SafeTensors data are cut off', async () => {
    expect(await look(safeTensors({ w: weight }, 8))).toMatchObject({ truncated: true });
  });

  it.each([
    [
      'a length past the file',
      Buffer.concat([Buffer.from([255, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{"a":1}  ')]),
    ],
    ['a length of 2^60', Buffer.concat([Buffer.from('0000000000000010', 'hex'), Buffer.from('{"a":1}  ')])],
    ['no JSON', Buffer.concat([Buffer.from([8, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{{{{{{{{')])],
    ['no tensors', safeTensors({ a: 1 })],
    ['negative sides', safeTensors({ w: { ...weight, shape: [-1] } })],
    ['a list', safeTensors([1, 2, 3])],
  ])('does not take %s for SafeTensors', async (_, bytes) => {
    expect(await look(bytes)).toBeNull();
  });

  it('knows PyTorch in both containers', async () => {
    expect(await look(zip('archive/data.pkl'))).toEqual({ format: 'pytorch', container: 'zip' });
    const legacy = Buffer.concat([Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex'), Buffer.alloc(20)]);
    expect(await look(legacy)).toEqual({ format: 'pytorch', container: 'pickle' });
  });

  it('takes neither another ZIP nor another pickle for PyTorch', async () => {
    expect(await look(zip('word/document.xml'))).toBeNull();
    expect(await look(Buffer.concat([Buffer.from('8004', 'hex'), Buffer.alloc(30)]))).toBeNull();
  });

  it('knows ONNX and who made it', async () => {
    const bytes = Buffer.concat([version(8), field(2, 'pytorch'), field(7, Buffer.alloc(30)), field(8, 'x')]);
    expect(await look(bytes)).toEqual({ format: 'onnx', version: 8, producer: 'pytorch' });
  });

  it('knows Core ML', async () => {
    const bytes = Buffer.concat([version(7), field(2, Buffer.alloc(10)), field(502, Buffer.alloc(30))]);
    expect(await look(bytes)).toEqual({ format: 'coreml', version: 7 });
  });

  it('knows a compiled Core ML model', async () => {
    const program = 'program(1.0)\n[buildInfo = dict<tensor<string, []>, tensor<string, []>>({})]\n{\n}';
    expect(await look(Buffer.from(program))).toMatchObject({ format: 'coreml' });
    expect(await look(Buffer.from('program(1.0) is how the text begins, and no more.'))).toBeNull();
  });

  it('takes no other protobuf, and no text, for a model', async () => {
    expect(await look(Buffer.concat([version(3), field(2, 'x'.repeat(20))]))).toBeNull();
    expect(await look(Buffer.from('# A list of models\n\nNone of them is here.'))).toBeNull();
    expect(await look(Buffer.alloc(64))).toBeNull();
  });
});

describe('readConfig', () => {
  it('reads what transformers writes', () => {
    const text = JSON.stringify({
      model_type: 'llama',
      max_position_embeddings: 512,
      torch_dtype: 'bfloat16',
    });
    expect(readConfig(text)).toEqual({
      architecture: 'llama',
      contextLength: 512,
      mlxBits: null,
      type: 'BF16',
      vision: false,
    });
  });

  it('reads how MLX packed the weights, and the text half of a vision model', () => {
    const config = { model_type: 'qwen', quantization: { bits: 4, group_size: 64 }, vision_config: {} };
    const text = JSON.stringify({ ...config, text_config: { max_position_embeddings: 4096 } });
    expect(readConfig(text)).toMatchObject({ mlxBits: 4, vision: true, contextLength: 4096 });
  });

  it('reads nothing from what is no config', () => {
    expect(readConfig('[1]')).toBeNull();
    expect(readConfig('{')).toBeNull();
  });
});

const shared = fileURLToPath(new URL('../../../../shared/models/tinystories-656k-hf', import.meta.url));

it.skipIf(!existsSync(shared))('knows a real SafeTensors model (needs the test models)', async () => {
  const found = await look(await readFile(`${shared}/model.safetensors`));
  expect(found).toMatchObject({ format: 'safetensors', madeFor: 'pt', type: 'F32', truncated: false });
});
