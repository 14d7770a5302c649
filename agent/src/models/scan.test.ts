import { expect, it } from 'vitest';
import { withIds } from './scan.ts';

const group = (name: string) => ({ name, files: [name], missing: [] });

it('calls a model by its file, and by its path where two files share a name', () => {
  const found = withIds('/models', [
    group('/models/a.gguf'),
    group('/models/x/q8.gguf'),
    group('/models/y/q8.gguf'),
  ]);
  expect(found.map(({ id }) => id)).toEqual(['a', 'x/q8', 'y/q8']);
});
