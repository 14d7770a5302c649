import { expect, test } from 'vitest';
import { repoOf, repoPath } from './repo-path.ts';

test.each(['owner/name', 'gpt2', 'owner/na.me-v1_0'])('the path of %s leads back to it', (repo) => {
  expect(repoOf(repoPath(repo))).toBe(repo);
});

test('other paths are no repo’s', () => {
  expect(repoOf('/search')).toBeNull();
  expect(repoOf('/search/')).toBeNull();
  expect(repoOf('/search/%')).toBe('%');
});
