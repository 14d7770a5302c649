import type { HubFile } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { inLibrary } from './in-library.ts';
import type { RepoQuant } from './quants.ts';

const ours = 'a'.repeat(64);
const theirs = 'b'.repeat(64);
const fileOf = (path: string, sha256: string | null): HubFile => ({ path, sizeBytes: 10, sha256 });
const quantOf = (...files: HubFile[]): RepoQuant => ({
  key: 'Q8_0',
  quant: 'Q8_0',
  name: 'm-Q8_0',
  files,
  sizeBytes: files.length * 10,
  missing: [],
});
const modelOf = (id: string, files: HubFile[], repo: string | null = null) => ({
  id,
  files,
  path: files[0]?.path ?? '',
  sizeBytes: files.length * 10,
  origin: repo === null ? null : { repo, revision: null },
});
const wanted = quantOf(fileOf('gguf/m-Q8_0.gguf', ours));

it('knows what another program has under another name by its content', () => {
  const models = [
    modelOf('other', [fileOf('/lmstudio/other.gguf', theirs)]),
    modelOf('same', [fileOf('/lmstudio/renamed.gguf', ours)]),
  ];
  expect(inLibrary(models, 'owner/repo', wanted)).toBe('same');
});

it('knows what came from the repo before it is hashed, and not what has another size, name or origin', () => {
  const unhashed = (path: string, repo: string) => [modelOf('m', [fileOf(path, null)], repo)];
  expect(inLibrary(unhashed('/models/m-Q8_0.gguf', 'owner/repo'), 'owner/repo', wanted)).toBe('m');
  expect(inLibrary(unhashed('/models/m-Q8_0.gguf', 'owner/fork'), 'owner/repo', wanted)).toBeNull();
  expect(inLibrary(unhashed('/models/m-Q4_0.gguf', 'owner/repo'), 'owner/repo', wanted)).toBeNull();
  const twice = quantOf(fileOf('m-Q8_0.gguf', ours), fileOf('n.gguf', ours));
  expect(inLibrary(unhashed('/models/m-Q8_0.gguf', 'owner/repo'), 'owner/repo', twice)).toBeNull();
});

it('does not take a file of the repo that has changed since for the one that is there now', () => {
  const before = [modelOf('m', [fileOf('/models/m-Q8_0.gguf', theirs)], 'owner/repo')];
  expect(inLibrary(before, 'owner/repo', wanted)).toBeNull();
});

it('compares all parts of a split', () => {
  const split = quantOf(fileOf('m-1.gguf', ours), fileOf('m-2.gguf', theirs));
  const whole = modelOf('whole', [fileOf('/a-1.gguf', ours), fileOf('/a-2.gguf', theirs)]);
  const half = modelOf('half', [fileOf('/b-1.gguf', ours), fileOf('/b-2.gguf', ours)]);
  expect(inLibrary([half, whole], 'owner/repo', split)).toBe('whole');
});
