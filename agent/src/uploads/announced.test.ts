import { expect, it } from 'vitest';
import { announced } from './announced.ts';

const sha256 = 'a1'.repeat(32);

it('takes a name, and a SHA-256 where there is one', () => {
  expect(announced({ filename: 'a.gguf' })).toEqual({ name: 'a.gguf', sha256: null });
  expect(announced({ name: 'a.gguf', sha256: sha256.toUpperCase() })).toEqual({ name: 'a.gguf', sha256 });
});

it.each(['', 'abc', `${sha256}0`, sha256.replace('a', 'g')])(
  'does not leave the check out that “%s” asks for',
  (wrong) => {
    expect(() => announced({ filename: 'a.gguf', sha256: wrong })).toThrow(/64 hexadecimal digits/u);
  },
);

it.each(['', '../a.gguf', 'b/a.gguf', '.a.gguf'])('refuses the name “%s”', (filename) => {
  expect(() => announced({ filename })).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});
