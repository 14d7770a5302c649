import type { ModelEntry, RunnerStatus } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { toModel } from './index.ts';

const entry = {
  id: 'm',
  kind: 'chat',
  format: 'gguf',
  architecture: 'qwen2',
  quant: 'Q4_K_M',
  contextLength: 32_768,
  capabilities: ['chat', 'tools', 'vision'],
  origin: { repo: 'owner/name', revision: null },
} as unknown as ModelEntry;
const runner = { modelId: 'm', state: 'ready', contextSize: 8_192 } as RunnerStatus;

it('a model is told with what is loaded and what it was made for', () => {
  expect(toModel('m', entry, [runner])).toEqual({
    id: 'm',
    object: 'model',
    type: 'llm',
    publisher: 'owner',
    arch: 'qwen2',
    compatibility_type: 'gguf',
    quantization: 'Q4_K_M',
    state: 'loaded',
    max_context_length: 32_768,
    loaded_context_length: 8_192,
    capabilities: ['tool_use'],
  });
});

it('one that is not loaded says so, and names no context that it does not have', () => {
  for (const runners of [[], [{ ...runner, state: 'starting' as const }]]) {
    const cold = toModel('m', { ...entry, kind: 'embedding', origin: null }, runners);
    expect(cold).toMatchObject({ type: 'embeddings', state: 'not-loaded', publisher: 'local' });
    expect(cold).not.toHaveProperty('loaded_context_length');
  }
});
