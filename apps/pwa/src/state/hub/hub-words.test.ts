import type { HubFit, HubRepoDetail } from '@impetus/contracts/hub';
import { expect, test } from 'vitest';
import { accessNotice, repoFacts, viewFit } from './hub-words.ts';

const repo = {
  access: 'open',
  gate: 'none',
  private: false,
  url: 'https://hub.example/owner/name',
  parameters: 7.6e9,
  downloads: 1_240_000,
  likes: 312,
  licence: 'apache-2.0',
  task: 'text-generation',
  gguf: true,
} as HubRepoDetail;

test('a repo in one line', () => {
  expect(repoFacts(repo)).toBe('7.6B · 1.2M downloads · 312 likes · apache-2.0');
  expect(repoFacts({ ...repo, parameters: null, licence: null, gguf: false })).toBe(
    '1.2M downloads · 312 likes · text-generation',
  );
});

test.each<[Partial<HubRepoDetail>, RegExp | null]>([
  [{}, null],
  [
    { access: 'needs-token', private: true },
    /^Make an access token on the Hub and enter it in the settings\.$/u,
  ],
  [{ access: 'needs-token', gate: 'auto' }, /Then agree to its terms at https:\/\/hub\.example/u],
  [{ access: 'needs-access', gate: 'auto' }, /Agree to them/u],
  [{ access: 'needs-access', gate: 'manual' }, /Ask for access/u],
])('%j has a notice like %s', (some, remedy) => {
  const notice = accessNotice({ ...repo, ...some });
  if (remedy === null) expect(notice).toBeNull();
  else expect(notice?.remedy).toMatch(remedy);
});

const fit = {
  verdict: 'fits',
  estimate: { totalBytes: 5e9 },
  contextSize: 32_768,
  fittingContextSize: null,
} as HubFit;

test.each<[Partial<HubFit>, string, string]>([
  [{}, 'done', 'Fits, takes 5 GB'],
  [{ verdict: 'evicts' }, 'waiting', 'Fits once others are unloaded, takes 5 GB'],
  [{ verdict: 'does-not-fit' }, 'failed', 'Does not fit, takes 5 GB'],
  [
    { verdict: 'does-not-fit', fittingContextSize: 8_192 },
    'waiting',
    'Fits with 8,192 tokens, not with 32,768',
  ],
])('a verdict %j is %s: %s', (some, kind, words) => {
  expect(viewFit({ ...fit, ...some })).toEqual({ kind, words });
});
