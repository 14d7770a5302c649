import type { ModelEntry, ModelQuery } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { fakeModel } from '../../test/support/fake-services.ts';
import { queryModels } from './query.ts';

const modelOf = (id: string, changes: Partial<ModelEntry>): ModelEntry => ({
  ...fakeModel,
  id,
  name: id,
  sizeBytes: 10,
  ...changes,
});

const models = [
  modelOf('large', { sizeBytes: 100 }),
  modelOf('just', { sizeBytes: 95 }),
  modelOf('small', { tags: ['work'], aliases: ['fast'] }),
  modelOf('broken', { problem: 'Its header cannot be read.' }),
];
const idsOf = (query: Partial<ModelQuery>) =>
  queryModels(
    models,
    { sort: 'size', descending: false, offset: 0, limit: 10, ...query },
    { isLoaded: (id) => id === 'small', limitBytes: 105 },
  ).models.map(({ id }) => id);

it('counts as fitting what the page counts so: with room for a context, and what can be loaded at all', () => {
  expect(idsOf({ fits: true })).toEqual(['small', 'just']);
  expect(idsOf({ fits: false })).toEqual(['broken', 'large']);
});

it('finds by words in names, aliases and tags, and by what is loaded', () => {
  expect(idsOf({ search: 'FAST work' })).toEqual(['small']);
  expect(idsOf({ loaded: true })).toEqual(['small']);
  expect(idsOf({ usable: false })).toEqual(['broken']);
});

it('orders equals by id, so that no page shows one twice', () => {
  const first = idsOf({ limit: 2 });
  const second = idsOf({ limit: 2, offset: 2 });
  expect([...first, ...second]).toEqual(['broken', 'small', 'just', 'large']);
});
