import { expect, test } from 'vitest';
import { commonTags, readTags, replaceTags } from './tags.ts';

test.each([
  ['', []],
  [' work ,, play ', ['work', 'play']],
  ['Work, work', ['work']],
  ['two   words', ['two words']],
])('%j is read as %j', (text, tags) => {
  expect(readTags(text)).toEqual(tags);
});

test('several models keep what each alone has', () => {
  const common = commonTags([
    ['work', 'a'],
    ['work', 'b'],
    ['b', 'work'],
  ]);
  expect(common).toEqual(['work']);
  expect(replaceTags(['work', 'a'], common, ['play'])).toEqual(['play', 'a']);
  expect(commonTags([])).toEqual([]);
});
