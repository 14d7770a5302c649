import { expect, it } from 'vitest';
import type { NamedModel } from '../../models/named.ts';
import { pageOf } from './models.ts';

const models = ['a', 'b', 'c', 'd'].map((name) => ({ name }) as NamedModel);
const namesOf = (query: object) => {
  const { page, hasMore } = pageOf(models, { limit: 2, ...query });
  return [page.map(({ name }) => name).join(''), hasMore];
};

it.each([
  [{}, 'ab', true],
  [{ limit: 4 }, 'abcd', false],
  [{ after_id: 'b' }, 'cd', false],
  [{ after_id: 'a' }, 'bc', true],
  [{ before_id: 'd' }, 'bc', true],
  [{ before_id: 'b' }, 'a', false],
])('the page for %o', (query, page, hasMore) => {
  expect(namesOf(query)).toEqual([page, hasMore]);
});

it('a page beside a model that is not in the list is refused', () => {
  expect(() => namesOf({ after_id: 'x' })).toThrow("'after_id' names no model");
});
