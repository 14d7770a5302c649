import type { ModelEntry } from '@impetus/contracts/models';
import { expect, test } from 'vitest';
import {
  chosenFacets,
  everyModel,
  facetChoices,
  filterModels,
  indexModel,
  sortModels,
  toggleFacet,
  type LibraryFilter,
} from './library-view.ts';
import { modelWith } from './testing/model.ts';

const models: readonly ModelEntry[] = [
  modelWith({
    id: 'qwen',
    name: 'Qwen 7B',
    family: 'Qwen',
    sizeBytes: 4.7e9,
    parameters: 7.6e9,
    tags: ['work'],
    capabilities: ['chat', 'tools'],
    origin: { repo: 'bartowski/Qwen2.5-7B-GGUF', revision: null },
  }),
  modelWith({ id: 'llama', name: 'Llama 70B', sizeBytes: 40e9, parameters: 70e9, source: 'ollama' }),
  modelWith({
    id: 'nomic',
    name: 'Nomic 2',
    family: null,
    kind: 'embedding',
    capabilities: ['embeddings'],
    sizeBytes: 0.1e9,
    parameters: null,
    quant: 'Q8_0',
    favourite: true,
  }),
  modelWith({ id: 'nomic10', name: 'Nomic 10', kind: 'embedding', capabilities: ['embeddings'] }),
  modelWith({
    id: 'mlx',
    name: 'Gemma',
    format: 'mlx',
    problem: 'It is in MLX format.',
    modifiedAt: '2026-05-05T00:00:00.000Z',
  }),
];
const index = models.map(indexModel);
const situation = { loaded: new Set(['qwen']), limitBytes: 20e9 };
const found = (some: Partial<LibraryFilter>): string[] =>
  filterModels(index, { ...everyModel, ...some }, situation).map(({ id }) => id);

test.each([
  ['', ['qwen', 'llama', 'nomic', 'nomic10', 'mlx']],
  ['QWEN  7b', ['qwen']],
  ['bartowski', ['qwen']],
  ['work', ['qwen']],
  ['embedding q8', ['nomic']],
  ['no such thing', []],
])('a search for %j finds %j', (search, ids) => {
  expect(found({ search })).toEqual(ids);
});

test.each<[LibraryFilter['chosen'], string[]]>([
  [{ state: ['loaded'] }, ['qwen']],
  [{ state: ['fits'] }, ['qwen', 'nomic', 'nomic10']],
  [{ state: ['favourite', 'problem'] }, ['nomic', 'mlx']],
  [{ capability: ['tools', 'embeddings'] }, ['qwen', 'nomic', 'nomic10']],
  [{ capability: ['embeddings'], quant: ['Q8_0'] }, ['nomic']],
  [{ size: ['huge'] }, ['llama']],
  [{ format: ['mlx'] }, ['mlx']],
  [{ source: ['ollama'] }, ['llama']],
  [{ tag: ['work'] }, ['qwen']],
  [{ tag: [] }, ['qwen', 'llama', 'nomic', 'nomic10', 'mlx']],
])('with %j chosen there are %j', (chosen, ids) => {
  expect(found({ chosen })).toEqual(ids);
});

test('by purpose models stand under headings, favourites first, numbers as numbers', () => {
  expect(sortModels(models, 'purpose')).toEqual([
    { heading: 'Chat', ids: ['llama', 'qwen'] },
    { heading: 'Embedding', ids: ['nomic', 'nomic10'] },
    { heading: 'Cannot be loaded', ids: ['mlx'] },
  ]);
});

test.each([
  ['name', ['mlx', 'llama', 'nomic', 'nomic10', 'qwen']],
  ['size', ['llama', 'qwen', 'mlx', 'nomic10', 'nomic']],
  ['parameters', ['llama', 'qwen', 'mlx', 'nomic10', 'nomic']],
  ['changed', ['mlx', 'llama', 'nomic', 'nomic10', 'qwen']],
  ['family', ['mlx', 'llama', 'nomic10', 'qwen', 'nomic']],
] as const)('by %s they stand in one list', (sort, ids) => {
  expect(sortModels(models, sort)).toEqual([{ heading: null, ids }]);
});

test('what can be chosen is counted, and what was chosen stays on offer', () => {
  const chosen = { quant: ['Q2_K'] };
  expect(facetChoices(index, 'quant', { search: '', chosen }, situation)).toEqual([
    { value: 'Q2_K', count: 0 },
    { value: 'Q4_K_M', count: 4 },
    { value: 'Q8_0', count: 1 },
  ]);
  expect(facetChoices(index, 'state', everyModel, situation).map(({ value }) => value)).toEqual([
    'loaded',
    'fits',
    'favourite',
    'problem',
  ]);
});

test('a value is taken in and out again', () => {
  const once = toggleFacet(everyModel, 'tag', 'work');
  expect(chosenFacets(once)).toEqual([{ facet: 'tag', value: 'work' }]);
  expect(chosenFacets(toggleFacet(once, 'tag', 'work'))).toEqual([]);
});

test('two thousand models are narrowed and sorted within a frame or two', () => {
  const many = Array.from({ length: 2_000 }, (_, number) =>
    indexModel(modelWith({ id: `m${number}`, name: `Model ${number}`, tags: [`t${number % 7}`] })),
  );
  const shown = filterModels(many, { search: 'model 19', chosen: { tag: ['t3'] } }, situation);
  expect(shown.length).toBeGreaterThan(10);
  expect(sortModels(shown, 'name')[0]?.ids[0]).toBe('m192');
});
