import { describe, expect, it } from 'vitest';
import { safeFileName, safeRelativePath } from './file-names.ts';

describe('safeFileName', () => {
  it.each(['Qwen3-8B-Q4_K_M.gguf', 'Modell für alle.gguf', '模型.gguf', 'a b (1).gguf'])(
    'keeps %s',
    (name) => {
      expect(safeFileName(name)).toEqual({ name });
    },
  );

  it('joins what is written in two characters, so that one name is one file', () => {
    expect(safeFileName('u\u0308.gguf')).toEqual({ name: 'ü.gguf' });
  });

  it.each([
    ['', /empty/u],
    ['..', /folder/u],
    ['../etc/passwd', /slash/u],
    ['/etc/passwd', /slash/u],
    ['a\\b.gguf', /slash/u],
    ['a\0.gguf', /cannot be seen/u],
    ['a\u202Efugg.gguf', /cannot be seen/u],
    ['zero\u200Bwidth.gguf', /cannot be seen/u],
    ['a\uFF0Fb.gguf', /look like/u],
    ['a\u2215b.gguf', /look like/u],
    ['\u2025.gguf', /look like/u],
    ['.hidden.gguf', /dot/u],
    ['a.gguf.', /dot/u],
    ['NUL.gguf', /device/u],
    ['a:b.gguf', /not every disk/u],
    [`${'a'.repeat(300)}.gguf`, /305 bytes/u],
    [`${'模'.repeat(80)}.gguf`, /245 bytes/u],
  ])('refuses %j', (name, words) => {
    expect(safeFileName(name)).toMatchObject({ refusal: expect.stringMatching(words) });
  });
});

describe('safeRelativePath', () => {
  it('keeps folders below its own', () => {
    expect(safeRelativePath('UD-Q4/m-00001-of-00002.gguf')).toEqual({ name: 'UD-Q4/m-00001-of-00002.gguf' });
  });

  it.each(['a/../b.gguf', '/a.gguf', 'a//b.gguf', '~/../../x', 'a/b/c/d/e/f/g/h/i.gguf'])(
    'refuses %s',
    (path) => {
      expect(safeRelativePath(path)).toHaveProperty('refusal');
    },
  );
});
