import { expect, it } from 'vitest';
import { contentOf, duplicatesOf } from './duplicates.ts';

const model = (id: string, content: string | null, identity = id) => ({
  id,
  content,
  identities: [identity],
});

it('finds models of the same content in other places', () => {
  const found = duplicatesOf([model('a', 'x'), model('b', 'x'), model('c', 'y'), model('d', null)]);
  expect([...found]).toEqual([
    ['a', ['b']],
    ['b', ['a']],
  ]);
});

it('does not take two entries over one file for duplicates', () => {
  expect(duplicatesOf([model('a', 'x', '1'), model('b', 'x', '1')]).size).toBe(0);
});

it('knows the content of several files once all are hashed', () => {
  expect(contentOf(['a', null])).toBeNull();
  expect(contentOf(['a', 'b'])).toBe('a+b');
  expect(contentOf([])).toBeNull();
});
