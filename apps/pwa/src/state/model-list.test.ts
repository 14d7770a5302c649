import type { ModelEntry } from '@impetus/contracts/models';
import { expect, test } from 'vitest';
import { groupModels, searchModels } from './model-list.ts';

const model = (name: string, some: Partial<ModelEntry> = {}): ModelEntry =>
  ({
    id: name,
    name,
    kind: 'chat',
    architecture: 'llama',
    quant: null,
    problem: null,
    ...some,
  }) as ModelEntry;

const models = [
  model('Qwen 14B', { architecture: 'qwen2', quant: 'Q4_K_M' }),
  model('Qwen 7B', { architecture: 'qwen2', quant: 'Q8_0' }),
  model('bge', { kind: 'embedding', architecture: 'bert' }),
  model('vocab', { kind: 'other', problem: 'It has no weights.' }),
];

test('models are grouped by use, numbers in names count as numbers, what cannot be loaded comes last', () => {
  expect(
    groupModels(models).map(({ heading, models: found }) => [heading, found.map(({ name }) => name)]),
  ).toEqual([
    ['Chat', ['Qwen 7B', 'Qwen 14B']],
    ['Embedding', ['bge']],
    ['Cannot be loaded', ['vocab']],
  ]);
});

test('a search finds all its words, anywhere, in any case', () => {
  const names = (search: string): string[] => searchModels(models, search).map(({ name }) => name);
  expect(names('qwen q4')).toEqual(['Qwen 14B']);
  expect(names('BERT')).toEqual(['bge']);
  expect(names('embedding')).toEqual(['bge']);
  expect(names('qwen bert')).toEqual([]);
  expect(names('  ')).toHaveLength(4);
});
