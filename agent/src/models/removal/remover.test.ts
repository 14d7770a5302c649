import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RemovalPlan } from '@impetus/contracts';
import { temporaryFolder, type TemporaryFolder } from '@impetus/test-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../db/connection.ts';
import { migrate } from '../../db/migrate.ts';
import { migrations } from '../../db/migrations/index.ts';
import { xdgBin } from '../../platform/bin/xdg-bin.ts';
import { Remover } from './remover.ts';

let home: TemporaryFolder;
let connection: Connection;
/** The path whose disk refuses. */
let stuck: string | null = null;

beforeEach(async () => {
  home = await temporaryFolder();
  connection = openDatabase(join(home.path, 'test.db'));
  await migrate(connection, { backups: join(home.path, 'backups'), migrations });
});
afterEach(async () => {
  stuck = null;
  await connection[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const at = (name: string) => join(home.path, name);

function remover(): Remover {
  const bin = xdgBin({ dataHome: home.path, userId: 1 });
  const put = (path: string) =>
    path === stuck ? Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY' })) : bin.put(path);
  return new Remover({ db: connection.db, bin: { ...bin, put } });
}

/** A plan for models of these files, each of which holds its own name. */
async function planOf(...models: readonly (readonly string[])[]): Promise<RemovalPlan> {
  for (const name of models.flat()) await writeFile(at(name), name);
  return {
    token: 'token',
    to: 'bin',
    totalBytes: 0,
    models: models.map(([first = '', ...rest]) => ({
      id: first,
      name: first,
      loaded: false,
      refusal: null,
      files: [first, ...rest].map((name) => ({ path: at(name), sizeBytes: 10, isLink: false })),
    })),
  };
}

const there = async () => (await readdir(home.path)).filter((name) => name.endsWith('.gguf'));

it('takes all of a model or nothing of it, and the others all the same', async () => {
  const plan = await planOf(['a.gguf'], ['b-1.gguf', 'b-2.gguf'], ['c.gguf']);
  stuck = at('b-2.gguf');
  const result = await remover().carryOut(plan, () => home.path);
  expect(result).toMatchObject({ removed: ['a.gguf', 'c.gguf'], freedBytes: 20 });
  expect(result.failures).toEqual([expect.stringMatching(/^b-1\.gguf was not removed: .*EBUSY/u)]);
  expect(await there()).toEqual(['b-1.gguf', 'b-2.gguf']);
  await remover().restore(result.undo ?? '');
  expect(await there()).toEqual(['a.gguf', 'b-1.gguf', 'b-2.gguf', 'c.gguf']);
});

it('says why where none could go', async () => {
  const plan = await planOf(['a.gguf']);
  stuck = at('a.gguf');
  await expect(remover().carryOut(plan, () => home.path)).rejects.toThrow(/a\.gguf was not removed/u);
});

it('brings the rest back once what was in the way is gone', async () => {
  const { undo } = await remover().carryOut(await planOf(['a.gguf'], ['b.gguf']), () => home.path);
  await writeFile(at('b.gguf'), 'in the way');
  await expect(remover().restore(undo ?? '')).rejects.toMatchObject({ code: 'conflict' });
  expect(await there()).toEqual(['a.gguf', 'b.gguf']);
  await rm(at('b.gguf'));
  await remover().restore(undo ?? '');
  for (const name of await there()) expect(await readFile(at(name), 'utf8')).toBe(name);
});
