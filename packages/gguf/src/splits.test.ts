import { expect, test } from 'vitest';
import { groupSplits, parseSplitName, splitNames } from './splits.ts';

test('reads the name of a split', () => {
  expect(parseSplitName('folder/Big-Model-Q4_K_M-00002-of-00003.gguf')).toEqual({
    base: 'folder/Big-Model-Q4_K_M',
    part: 2,
    count: 3,
  });
});

test.each([
  'model.gguf',
  'model-00000-of-00003.gguf',
  'model-00004-of-00003.gguf',
  'model-1-of-3.gguf',
  'model-00001-of-00003.bin',
  'model-00001-of-99999.gguf',
  '-00001-of-00003.gguf.part',
])('takes %s for no split', (name) => {
  expect(parseSplitName(name)).toBeUndefined();
});

test('names all splits of a model', () => {
  expect(splitNames('m', 2)).toEqual(['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf']);
});

test('groups names into models and says which parts are missing', () => {
  expect(
    groupSplits([
      'b-00003-of-00003.gguf',
      'README.md',
      'a.gguf',
      'b-00001-of-00003.gguf',
      'sub/b-00001-of-00001.gguf',
      'a.gguf',
    ]),
  ).toEqual([
    {
      name: 'b.gguf',
      files: ['b-00001-of-00003.gguf', 'b-00003-of-00003.gguf'],
      missing: ['b-00002-of-00003.gguf'],
    },
    { name: 'a.gguf', files: ['a.gguf'], missing: [] },
    { name: 'sub/b.gguf', files: ['sub/b-00001-of-00001.gguf'], missing: [] },
  ]);
});
