import { expect, it } from 'vitest';
import { explainStartError } from './disk-errors.ts';
import { availableFromVmStat, systemMemory } from './system-memory.ts';

const folders = { home: '/home/data', modelsFolder: '/home/models' };
const failure = (code: string, path?: string) => Object.assign(new Error(code), { code, path });
const explained = (error: unknown) => (explainStartError(error, folders) as Error).message;

it.each([
  ['ENOSPC', 'The disk that holds /home/data is full.'],
  ['SQLITE_FULL', 'The disk that holds /home/data is full.'],
  ['EACCES', 'The data folder /home/data cannot be used'],
  ['EROFS', 'The data folder /home/data cannot be used'],
  ['SQLITE_READONLY_DIRECTORY', 'The data folder /home/data cannot be used'],
  ['ENOTDIR', 'The data folder /home/data is a file, or lies below one.'],
  ['EEXIST', 'The data folder /home/data is a file, or lies below one.'],
  ['SQLITE_IOERR_SHMSIZE', 'It may be full, or failing.'],
  ['SQLITE_NOTADB', 'The database in /home/data is damaged.'],
])('%s is explained to the owner', (code, sentence) => {
  expect(explained(failure(code))).toContain(sentence);
});

it('tells the models folder from the data folder', () => {
  expect(explained(failure('ENOTDIR', '/home/models'))).toBe(
    'The models folder /home/models is a file, or lies below one. Choose another with IMPETUS_MODELS or --models.',
  );
  expect(explained(failure('EACCES', '/home/data/logs'))).toContain('The data folder /home/data');
});

it('leaves every other error as it is', () => {
  for (const other of [failure('ECONNRESET'), new Error('plain'), 'text', undefined]) {
    expect(explainStartError(other, folders)).toBe(other);
  }
});

it('reads the available memory of a Mac from vm_stat', () => {
  const text = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               10000.
Pages active:                            200000.
Pages inactive:                          150000.
Pages speculative:                         5000.
Pages throttled:                              0.
Pages wired down:                        120000.
`;
  expect(availableFromVmStat(text)).toBe(165_000 * 16_384);
  expect(availableFromVmStat('')).toBeNull();
});

it('tells the memory of this computer', async () => {
  const { totalBytes, availableBytes } = await systemMemory();
  expect(availableBytes).toBeGreaterThan(0);
  expect(availableBytes).toBeLessThanOrEqual(totalBytes);
});
