import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import { expect, it } from 'vitest';
import { contextProblem, toToolModel } from './tool-model.ts';

const entry = {
  id: 'qwen',
  name: 'Qwen',
  contextLength: 131_072,
  capabilities: ['chat', 'reasoning'],
} as unknown as ModelEntry;

it('has the context that is loaded, else the model’s own', () => {
  const runner = { contextSize: 16_384 } as RunnerStatus;
  expect(toToolModel(entry, runner)).toEqual({ id: 'qwen', name: 'Qwen', contextSize: 16_384, thinks: true });
  expect(toToolModel(entry, undefined).contextSize).toBe(131_072);
  expect(toToolModel({ ...entry, contextLength: null }, undefined).contextSize).toBe(8_192);
});

it('warns where a tool’s first request leaves no room', () => {
  const tool = { name: 'qwen-code', opensWith: 20_000 };
  expect(contextProblem(tool, { contextSize: 32_768 })).toBeNull();
  expect(contextProblem(tool, { contextSize: 16_384 })).toContain('begins with about 20,000 tokens');
  expect(contextProblem({ name: 'curl', opensWith: null }, { contextSize: 512 })).toBeNull();
});
