import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openFiles } from './open-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'impetus-open-'));
  mkdirSync(join(folder, 'inner'), { mode: 0o700 });
  writeFileSync(join(folder, 'secret'), '', { mode: 0o600 });
  writeFileSync(join(folder, 'inner', 'file'), '', { mode: 0o644 });
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a folder that is closed keeps all in it', () => {
  chmodSync(folder, 0o700);
  expect(openFiles(folder)).toEqual([]);
});

it('an open folder is named, and what is open in it', () => {
  chmodSync(folder, 0o755);
  expect(openFiles(folder)).toEqual([folder]);
  chmodSync(join(folder, 'secret'), 0o640);
  chmodSync(join(folder, 'inner'), 0o750);
  expect(openFiles(folder).toSorted()).toEqual(
    [folder, join(folder, 'inner'), join(folder, 'inner', 'file'), join(folder, 'secret')].toSorted(),
  );
});

it('what is not there is not open', () => {
  expect(openFiles(join(folder, 'nothing'))).toEqual([]);
});
