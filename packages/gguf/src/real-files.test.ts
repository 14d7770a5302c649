import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeGguf, type GgufDescription } from './describe.ts';
import { assertComplete, readGgufHeader } from './header.ts';
import { fileSource } from './source.ts';

/** Real models, kept beside the repository and never in it. */
const folder = join(import.meta.dirname, '../../../../shared/models');

const files: [name: string, expected: Partial<GgufDescription>][] = [
  [
    'stories260K-chat-f32.gguf',
    {
      kind: 'chat',
      architecture: 'llama',
      parameterCount: 260_032,
      quant: 'F32',
      contextLength: 512,
      embeddingLength: 64,
      blockCount: 5,
      headCount: 8,
      headCountKv: 4,
      vocabularySize: 512,
      lacksByteTokens: false,
    },
  ],
  ['stories260K-q8_0.gguf', { kind: 'completion', quant: 'Q8_0', chatTemplate: undefined }],
  ['TinyStories-656K-chat-q8_0.gguf', { kind: 'chat', parameterCount: 983_680, vocabularySize: 2304 }],
  [
    'ggml-vocab-llama-spm.gguf',
    { kind: 'vocabulary-only', tokenizerModel: 'llama', vocabularySize: 32_000, lacksByteTokens: false },
  ],
  ['ggml-vocab-gpt-2.gguf', { kind: 'vocabulary-only', tokenizerModel: 'gpt2', vocabularySize: 50_257 }],
  ['ggml-vocab-bert-bge.gguf', { kind: 'vocabulary-only', architecture: 'bert', vocabularySize: 30_522 }],
];

test.skipIf(!existsSync(folder)).each(files)(
  'describes the real %s (skipped where ../shared/models is missing)',
  async (name, expected) => {
    await using source = await fileSource(join(folder, name));
    const header = await readGgufHeader(source);
    assertComplete(header);
    expect(describeGguf(header)).toMatchObject(expected);
  },
);
