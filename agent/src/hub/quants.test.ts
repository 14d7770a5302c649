import { describe, expect, it } from 'vitest';
import { groupFiles, quantIn } from './quants.ts';
import { recommendQuant } from './recommend-quant.ts';

const gigabyte = 1e9;
const file = (path: string, size = 1) => ({ path, size, sha256: 'a'.repeat(64) });

describe('the quant in a name', () => {
  it.each([
    ['Qwen3-0.6B-Q8_0', 'Q8_0'],
    ['gemma-3-1b-it.Q4_K_M', 'Q4_K_M'],
    ['UD-Q4_K_XL/Model-UD-Q4_K_XL', 'UD-Q4_K_XL'],
    ['model-IQ2_XXS', 'IQ2_XXS'],
    ['Mistral-7B-fp16', 'F16'],
    ['BF16/big', 'BF16'],
    ['gpt-oss-20b-mxfp4', 'MXFP4'],
    ['model-q4_0', 'Q4_0'],
    ['Qwen-model', null],
    ['Q-learning', null],
  ])('%s is %s', (name, quant) => {
    expect(quantIn(name)).toBe(quant);
  });
});

describe('the files of a repo', () => {
  it('are models with their parts together, and what is none apart', () => {
    const { quants, otherFiles } = groupFiles([
      file('README.md'),
      file('m-Q8_0-00001-of-00002.gguf', 5),
      file('m-Q8_0-00002-of-00002.gguf', 6),
      file('m-Q4_K_M.gguf', 4),
      file('mmproj-m-F16.gguf'),
      file('imatrix.gguf'),
      file('m-Q2_K-00001-of-00002.gguf', 1),
    ]);
    expect(
      quants.map(({ key, sizeBytes, missing, files }) => [key, sizeBytes, missing, files.length]),
    ).toEqual([
      ['Q2_K', 1, ['m-Q2_K-00002-of-00002.gguf'], 1],
      ['Q4_K_M', 4, [], 1],
      ['Q8_0', 11, [], 2],
    ]);
    expect(otherFiles.map(({ path }) => path)).toEqual(['README.md', 'mmproj-m-F16.gguf', 'imatrix.gguf']);
  });

  it('that share a label are told apart by their names', () => {
    const { quants } = groupFiles([file('a-Q8_0.gguf'), file('b-Q8_0.gguf'), file('plain.gguf')]);
    expect(quants.map(({ key }) => key)).toEqual(['a-Q8_0', 'b-Q8_0', 'plain']);
  });
});

describe('the recommended quant', () => {
  const { quants } = groupFiles([
    file('m-Q2_K.gguf', 3 * gigabyte),
    file('m-Q4_K_M.gguf', 5 * gigabyte),
    file('m-Q6_K.gguf', 7 * gigabyte),
    file('m-Q8_0.gguf', 9 * gigabyte),
    file('m-F16.gguf', 16 * gigabyte),
  ]);
  it.each([
    [64, 'Q8_0'],
    [32, 'Q6_K'],
    [12, 'Q4_K_M'],
    [6, 'Q4_K_M'],
    [5, 'Q2_K'],
    [3, undefined],
  ])('with %d GB for models is %s', (limit, key) => {
    expect(recommendQuant(quants, limit * gigabyte)?.key).toBe(key);
  });

  it('is full precision only where there is nothing else', () => {
    const only = groupFiles([file('m-F16.gguf', gigabyte)]).quants;
    expect(recommendQuant(only, 100 * gigabyte)?.key).toBe('F16');
  });

  it('lacks no part', () => {
    const split = groupFiles([file('m-Q4_K_M-00001-of-00002.gguf', gigabyte)]).quants;
    expect(recommendQuant(split, 100 * gigabyte)).toBeNull();
  });
});
