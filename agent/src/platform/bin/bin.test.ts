import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@impetus/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { macBin } from './mac-bin.ts';
import type { Bin } from './types.ts';
import { xdgBin } from './xdg-bin.ts';

let home: TemporaryFolder;

beforeEach(async () => {
  home = await temporaryFolder();
  await mkdir(join(home.path, 'models'));
});
afterEach(() => home[Symbol.asyncDispose]());

const bins: readonly (readonly [string, string, (path: string) => Bin])[] = [
  ['on Linux', 'data/Trash/files', (path) => xdgBin({ dataHome: join(path, 'data'), userId: 1 })],
  ['on a Mac', '.Trash', (path) => macBin({ homedir: path, userId: 1 })],
];

describe.each(bins)('the bin %s', (_, folder, make) => {
  const put = async (name: string, text: string) => {
    const path = join(home.path, 'models', name);
    await writeFile(path, text);
    return path;
  };
  const inBin = () => readdir(join(home.path, folder)).then((names) => names.toSorted());

  it('keeps two files of one name apart and brings both back', async () => {
    const bin = make(home.path);
    const path = await put('a.gguf', 'first');
    expect(await bin.reaches(path)).toBe(true);
    const first = await bin.put(path);
    const second = await bin.put(await put('a.gguf', 'second'));
    expect(await inBin()).toHaveLength(2);
    await bin.restore(second);
    expect(await readFile(path, 'utf8')).toBe('second');
    await expect(bin.restore(first)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(path, 'utf8')).toBe('second');
  });

  it('takes a link and leaves what it leads to', async () => {
    const target = await put('target.gguf', 'kept');
    const link = join(home.path, 'models', 'link.gguf');
    await symlink(target, link);
    await make(home.path).put(link);
    expect(await readdir(join(home.path, 'models'))).toEqual(['target.gguf']);
    expect(await readFile(target, 'utf8')).toBe('kept');
  });

  it('says when it was emptied', async () => {
    const bin = make(home.path);
    const item = await bin.put(await put('a.gguf', 'x'));
    await bin.restore(item);
    await expect(bin.restore({ ...item, from: join(home.path, 'b') })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

it('writes on Linux where a file was, as file managers read it', async () => {
  const path = join(home.path, 'models', 'ä b.gguf');
  await writeFile(path, 'x');
  const { info } = await xdgBin({ dataHome: join(home.path, 'data'), userId: 1 }).put(path);
  const text = await readFile(info ?? '', 'utf8');
  expect(text).toMatch(
    /^\[Trash Info\]\nPath=\/.*\/models\/%C3%A4%20b\.gguf\nDeletionDate=\d{4}-\d\d-\d\dT/u,
  );
});
