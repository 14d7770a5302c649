import { expect, it } from 'vitest';
import { describeExit } from './crash.ts';

it.each([
  [{ code: null, signal: 'SIGKILL' as const, stderr: '' }, 'signal SIGKILL'],
  [{ code: 1, signal: null, stderr: 'all is well' }, 'exit code 1'],
  [
    { code: 134, signal: null, stderr: 'loading\nterminate called\n  what():  std::out_of_range\nAborted' },
    'exit code 134: what():  std::out_of_range',
  ],
])('says how %j ended', (exit, words) => {
  expect(describeExit(exit)).toBe(words);
});
