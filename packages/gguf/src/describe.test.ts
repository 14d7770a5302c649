import { expect, test } from 'vitest';
import { describeGguf } from './describe.ts';
import type { GgufHeader } from './header.ts';
import { tensorTypeNamed } from './tensor-types.ts';
import type { ArrayValue, MetadataValue } from './values.ts';

const string = (value: string): MetadataValue => ({ type: 'string', value });
const uint = (value: number): MetadataValue => ({ type: 'uint32', value });
const ints = (...values: number[]): ArrayValue => ({
  type: 'array',
  elementType: 'int32',
  count: values.length,
  values,
});

const header = (
  metadata: Record<string, MetadataValue>,
  tensors: readonly (readonly [type: string, elements: number])[] = [['F16', 100]],
): GgufHeader => ({
  version: 3,
  metadata: new Map(Object.entries(metadata)),
  tensors: tensors.map(([type, elements], index) => ({
    name: `t${index}`,
    dimensions: [elements],
    type: tensorTypeNamed(type),
    offset: 0,
    elements,
    byteSize: 0,
  })),
  alignment: 32,
  dataOffset: 0,
  fileSize: 0,
  expectedSize: 0,
});

const llama = {
  'general.architecture': string('llama'),
  'tokenizer.ggml.model': string('llama'),
  'tokenizer.ggml.token_type': ints(2, 3, 6, 1),
};

test('describes a chat model', () => {
  const description = describeGguf(
    header(
      {
        ...llama,
        'general.name': string('Llama 3.2 1B Instruct'),
        'general.basename': string('Llama-3.2'),
        'general.size_label': string('1B'),
        'general.license': string('llama3.2'),
        'general.file_type': uint(15),
        'llama.context_length': uint(131_072),
        'llama.embedding_length': uint(2048),
        'llama.block_count': uint(16),
        'llama.attention.head_count': uint(32),
        'llama.attention.head_count_kv': uint(8),
        'tokenizer.ggml.tokens': { type: 'array', elementType: 'string', count: 128_256 },
        'tokenizer.chat_template': string('{{ messages }}'),
      },
      [
        ['Q4_K', 1_000_000],
        ['F32', 2048],
      ],
    ),
  );
  expect(description).toEqual({
    kind: 'chat',
    architecture: 'llama',
    name: 'Llama 3.2 1B Instruct',
    basename: 'Llama-3.2',
    sizeLabel: '1B',
    description: undefined,
    license: 'llama3.2',
    parameterCount: 1_002_048,
    quant: 'Q4_K_M',
    contextLength: 131_072,
    embeddingLength: 2048,
    blockCount: 16,
    headCount: 32,
    headCountKv: 8,
    keyLength: 64,
    valueLength: 64,
    expertCount: undefined,
    vocabularySize: 128_256,
    tokenizerModel: 'llama',
    lacksByteTokens: false,
    chatTemplate: '{{ messages }}',
    fillsInMiddle: false,
    split: undefined,
  });
});

const tokenizer = { 'tokenizer.ggml.model': string('gpt2') };
const kinds: [kind: string, header: GgufHeader][] = [
  ['completion', header(llama)],
  ['embedding', header({ 'general.architecture': string('nomic-bert'), ...tokenizer })],
  ['embedding', header({ 'general.architecture': string('gemma-embedding'), ...tokenizer })],
  [
    'embedding',
    header({
      'general.architecture': string('qwen3'),
      'qwen3.pooling_type': uint(3),
      'tokenizer.chat_template': string('x'),
      ...tokenizer,
    }),
  ],
  ['rerank', header({ 'general.architecture': string('bert'), 'bert.pooling_type': uint(4), ...tokenizer })],
  ['vocabulary-only', header(llama, [])],
  ['adapter', header({ 'general.type': string('adapter'), 'general.architecture': string('llama') })],
  ['projector', header({ 'general.architecture': string('clip') })],
  ['projector', header({ 'general.type': string('mmproj'), 'general.architecture': string('clip') })],
  ['importance-matrix', header({ 'general.type': string('imatrix') })],
  ['split-part', header({ 'split.no': uint(1), 'split.count': uint(3) })],
  ['completion', header({ ...llama, 'split.no': uint(0), 'split.count': uint(3) }, [])],
  ['other', header({ 'general.architecture': string('flux') })],
  ['other', header({}, [])],
];

test.each(kinds)('knows a model of kind %s', (kind, of) => {
  expect(describeGguf(of).kind).toBe(kind);
});

test('says which split a file is', () => {
  const of = header({ 'split.no': uint(1), 'split.count': uint(3), 'split.tensors.count': uint(291) });
  expect(describeGguf(of).split).toEqual({ part: 2, count: 3, tensorCount: 291 });
});

test('takes the type of most elements for the quant where the file names none it knows', () => {
  const tensors = [
    ['F32', 10],
    ['Q6_K', 256],
    ['Q4_K', 512],
    ['F32', 20],
  ] as const;
  expect(describeGguf(header({}, tensors)).quant).toBe('Q4_K');
  expect(describeGguf(header({ 'general.file_type': uint(9999) }, tensors)).quant).toBe('Q4_K');
});

test.each([
  [0, 'F32'],
  [7, 'Q8_0'],
  [19, 'IQ2_XXS'],
  [32, 'BF16'],
  [38, 'MXFP4'],
])('names file type %i %s', (fileType, label) => {
  expect(describeGguf(header({ 'general.file_type': uint(fileType) })).quant).toBe(label);
});

test.each<[lacks: boolean, why: string, types: MetadataValue | undefined, model: string]>([
  [true, 'SentencePiece without them', ints(2, 3, 1), 'llama'],
  [false, 'SentencePiece with them', ints(2, 3, 1, 6), 'llama'],
  [false, 'byte-pair encoding, which needs none', ints(1, 3), 'gpt2'],
  [false, 'no token types to tell by', undefined, 'llama'],
  [
    true,
    'a long vocabulary without them',
    { type: 'array', elementType: 'int32', count: 9999, tally: new Map([[1, 9999]]) },
    'llama',
  ],
])('lacks byte tokens: %s for %s', (lacks, _, types, model) => {
  const metadata: Record<string, MetadataValue> = { 'tokenizer.ggml.model': string(model) };
  if (types) metadata['tokenizer.ggml.token_type'] = types;
  expect(describeGguf(header(metadata)).lacksByteTokens).toBe(lacks);
});

test('takes the largest of numbers that differ by block', () => {
  const of = header({ ...llama, 'llama.attention.head_count_kv': ints(0, 8, 4) });
  expect(describeGguf(of).headCountKv).toBe(8);
});
