import { expect, it } from 'vitest';
import { differenceFrom } from './same-file.ts';

const upload = { name: 'a-Q4_0.gguf', sizeBytes: 10 };

it('an upload goes on with the same file alone, not with another one of the same size', () => {
  expect(differenceFrom(upload, { name: 'a-Q4_0.gguf', size: 10 })).toBeNull();
  expect(differenceFrom(upload, { name: 'a-Q4_1.gguf', size: 10 })).toMatch(/another file: a-Q4_1\.gguf/u);
  expect(differenceFrom(upload, { name: 'a-Q4_0.gguf', size: 11 })).toMatch(/10 bytes, and this one 11/u);
});
