import type { ModelEntry } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { parameterSize, toTag } from './model-object.ts';
import { toShown } from './show.ts';

const entry = {
  id: 'm',
  name: 'Model',
  format: 'gguf',
  architecture: 'qwen2',
  parameters: 7_240_000_000,
  quant: 'Q4_K_M',
  sizeBytes: 10,
  modifiedAt: '2026-01-01T00:00:00.000Z',
  licence: 'mit',
  sha256: null,
  files: [{ path: '/m.gguf', sizeBytes: 10, sha256: null }],
  capabilities: ['chat', 'tools', 'reasoning', 'fim', 'vision'],
} as unknown as ModelEntry;

it('sizes are written as people write them', () => {
  expect([7_240_000_000, 3_600_000, 70_000_000_000, 999].map(parameterSize)).toEqual([
    '7.2B',
    '3.6M',
    '70B',
    '1K',
  ]);
});

it('a digest is the file’s, and steady until that is known', () => {
  const sha256 = 'a'.repeat(64);
  expect(toTag('m', { ...entry, sha256 }).digest).toBe(sha256);
  expect(toTag('m', entry).digest).toBe(toTag('other', entry).digest);
});

it('shows capabilities in Ollama’s words, parameters as a Modelfile has them, and the header', () => {
  const shown = toShown({
    entry,
    facts: null,
    settings: { sampling: { temperature: 0.5 }, systemPrompt: 'Be kind.', stop: ['<end>'] },
    chatTemplate: '{{ messages }}',
    metadata: new Map([
      ['qwen2.context_length', { type: 'uint32', value: 32_768 }],
      ['tokenizer.ggml.tokens', { type: 'array', elementType: 'string', count: 9 }],
      ['tokenizer.chat_template', { type: 'string', value: 'x' }],
      ['general.file_type', { type: 'uint64', value: 15n }],
    ]),
    loadedContext: 8_192,
  });
  expect(shown.capabilities).toEqual(['completion', 'tools', 'thinking', 'insert']);
  expect(shown.parameters.split('\n').map((line) => line.replace(/ +/u, ' '))).toEqual([
    'num_ctx 8192',
    'temperature 0.5',
    'stop "<end>"',
  ]);
  expect(shown.template).toMatch(/\.Suffix.*\{\{ messages \}\}/u);
  expect(shown.modelfile).toContain('FROM m\nPARAMETER num_ctx 8192');
  expect(shown.model_info).toEqual({
    'general.architecture': 'qwen2',
    'general.basename': 'Model',
    'general.parameter_count': 7_240_000_000,
    'general.file_type': 15,
    'qwen2.context_length': 32_768,
    'tokenizer.ggml.tokens': null,
  });
});
