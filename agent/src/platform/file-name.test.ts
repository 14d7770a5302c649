import { describe, expect, it } from 'vitest';
import { safePath } from './file-name.ts';

describe('a path that somebody else chose', () => {
  it.each([
    ['model.gguf', ['model.gguf']],
    [
      'UD-Q4_K_XL/Qwen3 (base)+x@1-00001-of-00002.gguf',
      ['UD-Q4_K_XL', 'Qwen3 (base)+x@1-00001-of-00002.gguf'],
    ],
    ['模型/データ.gguf', ['模型', 'データ.gguf']],
    ['модель.gguf'.replace('.gguf', ''), ['модель']],
    // Written as two code points, kept as one.
    ['cafe\u0301', ['caf\u00e9']],
  ])('%j is kept', (path, names) => {
    expect(safePath(path)).toEqual(names);
  });

  it.each([
    ['../model.gguf'],
    ['a/../../b'],
    ['..'],
    ['.'],
    ['./a'],
    ['/etc/passwd'],
    ['C:\\models\\a.gguf'],
    ['C:a.gguf'],
    ['a\\..\\b'],
    ['a//b'],
    ['a/'],
    [''],
    ['a\0.gguf'],
    ['a\n.gguf'],
    ['.hidden'],
    ['a/.git/config'],
    ['a.'],
    ['a '],
    [' a'],
    ['\u202Egguf.exe'],
    ['a\u200Bb'],
    ['a\uFEFF'],
    // Slashes and dots of other alphabets.
    ['a\u2215b'],
    ['a\u2044b'],
    ['a\uFF0Fb'],
    ['\u2025/a'],
    ['\uFF0E\uFF0E/a'],
    ['\u2024\u2024/a'],
    // A Cyrillic а between Latin letters.
    ['m\u043Edel.gguf'],
    ['CON'],
    ['nul.gguf'],
    ['com1.txt'],
    ['a/b/c/d/e/f'],
    ['x'.repeat(256)],
    ['é'.repeat(130)],
    [`${'x'.repeat(200)}/${'x'.repeat(200)}/${'x'.repeat(200)}/${'x'.repeat(200)}/${'x'.repeat(200)}`],
  ])('%j is refused', (path) => {
    expect(() => safePath(path)).toThrow(/cannot be used: .*Nothing was written/u);
  });

  it('is named in the refusal without what a terminal would act on', () => {
    expect(() => safePath('a\u001B[31m\0')).toThrow('“a [31m ”');
  });
});
