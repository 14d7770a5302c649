import { expect, test } from 'vitest';
import { readPullName } from './pull-name.ts';

test.each([
  ['ggml-org/gemma-3-1b-it-GGUF', 'ggml-org/gemma-3-1b-it-GGUF', null],
  [' owner/name:Q4_K_M ', 'owner/name', 'Q4_K_M'],
  ['https://huggingface.co/owner/name', 'owner/name', null],
  ['https://huggingface.co/owner/name/tree/main', 'owner/name', null],
  ['hf.co/owner/name:Q4_K_M', 'owner/name', 'Q4_K_M'],
])('%j is %s, %s', (text, repo, key) => {
  expect(readPullName(text)).toEqual({ ok: true, repo, key });
});

test.each(['', '../..', 'a b/c', 'owner/na..me'])('%j is refused in words', (text) => {
  expect(readPullName(text)).toMatchObject({ ok: false, error: expect.stringMatching(/\.$/u) });
});
