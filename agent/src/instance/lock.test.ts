import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockInstance } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'impetus-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is had by one at a time', () => {
  const path = join(folder, 'agent.lock');
  const lock = lockInstance(path);
  expect(lock).not.toBeNull();
  expect(lockInstance(path)).toBeNull();
  lock?.[Symbol.dispose]();
  const next = lockInstance(path);
  expect(next).not.toBeNull();
  next?.[Symbol.dispose]();
});

it('leaves nothing but a file that only its owner can read', () => {
  const path = join(folder, 'agent.lock');
  lockInstance(path)?.[Symbol.dispose]();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(existsSync(`${path}-journal`)).toBe(false);
});
