import type { ModelEntry } from '@impetus/contracts';
import { expect, it } from 'vitest';
import type { FoundModel } from './sources/types.ts';
import { bytesOnDisk, findReclaimable } from './reclaim.ts';

const now = new Date('2026-06-01T00:00:00Z');
const entry = (id: string, change: Partial<ModelEntry> = {}) =>
  ({
    id,
    sizeBytes: 10,
    modifiedAt: '2026-01-01T00:00:00.000Z',
    removable: true,
    favourite: false,
    aliases: [],
    duplicates: [],
    ...change,
  }) as unknown as ModelEntry;

const find = (
  entries: readonly ModelEntry[],
  lastUsed: readonly (readonly [string, string])[] = [],
  links: readonly string[] = [],
) => findReclaimable({ entries, links: new Set(links), lastUsed: new Map(lastUsed), unusedDays: 90, now });

it('keeps of several copies what belongs to another program, else the favourite', () => {
  const entries = [
    entry('a', { duplicates: ['b', 'c'] }),
    entry('b', { duplicates: ['a', 'c'], favourite: true }),
    entry('c', { duplicates: ['a', 'b'], removable: false }),
  ];
  expect(find(entries).duplicates).toEqual([{ keep: 'c', others: ['b', 'a'], bytes: 20 }]);
  expect(find(entries.slice(0, 2)).duplicates).toEqual([{ keep: 'b', others: ['a'], bytes: 10 }]);
});

it('names what nobody asked for, and not what came lately', () => {
  const entries = [
    entry('old'),
    entry('used'),
    entry('new', { modifiedAt: '2026-05-20T00:00:00.000Z' }),
    entry('foreign', { removable: false }),
    entry('long ago', { sizeBytes: 99 }),
  ];
  const used = [
    ['used', '2026-05-30T00:00:00.000Z'],
    ['long ago', '2026-01-02T00:00:00.000Z'],
  ] as const;
  expect(find(entries, used).unused).toEqual([
    { id: 'long ago', bytes: 99, lastUsedAt: '2026-01-02T00:00:00.000Z' },
    { id: 'old', bytes: 10, lastUsedAt: null },
  ]);
});

it('counts a link neither as a copy nor as unused, since nothing is freed when it goes', () => {
  const entries = [entry('a', { duplicates: ['link'] }), entry('link', { duplicates: ['a'] })];
  const { duplicates, unused } = find(entries, [], ['link']);
  expect(duplicates).toEqual([]);
  expect(unused.map(({ id }) => id)).toEqual(['a']);
});

it('counts what is on the disk: a file with two names once, a link not at all, the cache’s links as its blobs', () => {
  const model = (source: string, inode: number, isLink = false) =>
    ({ source, files: [{ path: '', sizeBytes: 10, modifiedMs: 0, inode, isLink }] }) as unknown as FoundModel;
  expect(bytesOnDisk([model('folder', 1), model('lmstudio', 1)])).toBe(10);
  expect(bytesOnDisk([model('folder', 1), model('folder', 2, true)])).toBe(10);
  expect(bytesOnDisk([model('huggingface', 3, true)])).toBe(10);
});
