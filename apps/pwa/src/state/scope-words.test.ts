import { expect, test } from 'vitest';
import { presetOf, scopesLine } from './scope-words.ts';

test.each([
  [['infer', 'load', 'download', 'remove', 'admin'], 'everything', 'Everything'],
  [['admin'], 'everything', 'Everything'],
  [['remove', 'infer', 'load', 'download'], 'models', 'Use and manage models'],
  [['infer'], 'chat', 'Chat only'],
  [['load', 'infer'], 'own', 'Use models and load and unload models'],
  [['download', 'infer', 'remove'], 'own', 'Use models, download models and remove models'],
  [[], 'own', 'Nothing'],
] as const)('%j is %s: %s', (scopes, preset, line) => {
  expect(presetOf(scopes)).toBe(preset);
  expect(scopesLine(scopes)).toBe(line);
});
