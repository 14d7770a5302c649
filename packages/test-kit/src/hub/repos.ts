import { madeUp, ofBytes, ofText, type Content } from './content.ts';
import { giantHeader, quantised, readPlainModel, splitUp, type PlainModel } from './gguf-files.ts';
import type { LocalRepo } from './repo.ts';
import { samplePath } from '../sample-cache.ts';

const megabyte = 1024 * 1024;

/**
 * Repos that look like those of the real Hub, with models that load: one model in several quants and in parts, one
 * with 64 MiB to watch, one far too large, gated and private ones, one without a GGUF, and some dozens to page through.
 */
export async function sampleRepos(): Promise<LocalRepo[]> {
  const model = await readPlainModel(await samplePath());
  const small = quantised(model, 'Q8_0');
  const gguf = { total: 3_600_000, architecture: 'llama', contextLength: 32_768 };
  return [
    {
      id: 'impetus-tests/tiny-chat-GGUF',
      files: {
        '.gitattributes': ofText('*.gguf filter=lfs\n'),
        'README.md': ofText(card('Tiny chat', 'It only rearranges a few pages of text.')),
        'tiny-chat-Q8_0.gguf': ofBytes(small),
        'tiny-chat-F16.gguf': ofBytes(quantised(model, 'F16')),
        ...partsOf(model, 'F32/tiny-chat-F32'),
      },
      licence: 'mit',
      downloads: 120_000,
      likes: 900,
      gguf,
    },
    {
      id: 'impetus-tests/padded-chat-GGUF',
      files: {
        'README.md': ofText(card('Padded chat', 'The tiny model with bytes behind it that nobody reads.')),
        'padded-chat-Q8_0.gguf': madeUp(64 * megabyte, 7, small),
      },
      downloads: 5_000,
      likes: 80,
      gguf,
    },
    giant(model),
    {
      id: 'impetus-tests/gated-chat-GGUF',
      files: {
        'gated-chat-Q8_0.gguf': ofBytes(small),
        'README.md': ofText(card('Gated chat', 'Ask first.')),
      },
      gated: 'manual',
      licence: 'other',
      downloads: 3_000,
      likes: 70,
      gguf,
    },
    {
      id: 'impetus-tests/private-chat-GGUF',
      files: { 'private-chat-Q8_0.gguf': ofBytes(small) },
      private: true,
      gguf,
    },
    {
      id: 'impetus-tests/weights-only',
      files: {
        'README.md': ofText(card('Weights', 'For training.')),
        'config.json': ofText('{"architectures":["LlamaForCausalLM"],"model_type":"llama"}'),
        'model.safetensors': madeUp(2 * megabyte, 9),
      },
      tags: ['safetensors', 'transformers'],
      likes: 60,
    },
    {
      // A name that the first start's recommendation knows, with the tiny model in it.
      id: 'ggml-org/Qwen3-0.6B-GGUF',
      files: { 'Qwen3-0.6B-Q8_0.gguf': ofBytes(small), 'README.md': ofText(card('Qwen3', 'A stand-in.')) },
      downloads: 50_000,
      likes: 300,
      gguf,
    },
    ...Array.from({ length: 45 }, (_, index) => filler(index, small)),
  ];
}

function partsOf(model: PlainModel, base: string): Record<string, Content> {
  const parts = splitUp(model, 'F32', 2).map((bytes, index): [string, Content] => [
    `${base}-0000${index + 1}-of-00002.gguf`,
    ofBytes(bytes),
  ]);
  return Object.fromEntries(parts);
}

function giant(model: PlainModel): LocalRepo {
  const { head, size } = giantHeader(model, 80, 8192);
  return {
    id: 'impetus-tests/giant-70B-GGUF',
    files: {
      'README.md': ofText(card('Giant', 'Too large for almost everybody.')),
      'giant-70B-F16.gguf': madeUp(size, 3, head),
    },
    downloads: 90_000,
    likes: 500,
    gguf: { total: 70_000_000_000, architecture: 'llama', contextLength: 131_072 },
  };
}

function filler(index: number, bytes: Buffer): LocalRepo {
  const number = String(index + 1).padStart(2, '0');
  return {
    id: `many-models/model-${number}-GGUF`,
    files: {
      [`model-${number}-Q8_0.gguf`]: ofBytes(bytes),
      'README.md': ofText(card(`Model ${number}`, '…')),
    },
    downloads: 1_000 - index,
    likes: 50 - index,
    task: index % 5 === 4 ? 'feature-extraction' : 'text-generation',
    gguf: { total: 3_600_000 * (index + 1), architecture: 'llama', contextLength: 32_768 },
  };
}

function card(title: string, text: string): string {
  return [
    '---',
    'license: mit',
    'language: [en]',
    '---',
    `# ${title}`,
    '',
    text,
    '',
    '| quant | for |',
    '|---|---|',
    '| Q8_0 | everyday use |',
    '',
    '```sh',
    'impetus pull owner/name',
    '```',
    '<script>alert("not here")</script>',
    '[A link](https://example.com) and [a bad one](javascript:alert(1)).',
    '',
  ].join('\n');
}
