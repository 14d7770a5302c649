import type { RemovalPlan } from '@impetus/contracts/library';
import { expect, test } from 'vitest';
import { removalDescription } from './removal-words.ts';

const entry = (refusal: string | null): RemovalPlan['models'][number] => ({
  id: 'm',
  name: 'M',
  files: [],
  loaded: false,
  refusal,
});

test.each<[RemovalPlan['to'], (string | null)[], string]>([
  ['bin', [null], 'These files go to the bin of Studio. They can be brought back until it is emptied.'],
  ['gone', [null], 'These files are deleted from Studio. There is no way back.'],
  [
    'gone',
    [null, 'It is Ollama’s.'],
    'These files are deleted from Studio. There is no way back. Those that cannot be removed stay.',
  ],
  ['bin', ['It is Ollama’s.'], 'None of this can be removed from here.'],
])('to %s with %j', (to, refusals, words) => {
  const plan = { token: 't', models: refusals.map(entry), totalBytes: 1, to };
  expect(removalDescription(plan, 'Studio')).toBe(words);
});
