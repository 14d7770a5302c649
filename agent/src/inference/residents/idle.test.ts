import { expect, it } from 'vitest';
import { unloadDueAt } from './idle.ts';

it.each([
  ['after its minutes', { idleUnload: 5, since: 1_000, used: true }, 301_000],
  ['after its minutes, where nobody came at all', { idleUnload: 5, since: 1_000, used: false }, 301_000],
  ['at once', { idleUnload: 0, since: 1_000, used: true }, 1_000],
  ['not before its first request', { idleUnload: 0, since: 1_000, used: false }, null],
  ['never', { idleUnload: 'never', since: 1_000, used: true }, null],
] as const)('an idle model goes %s', (_, idleness, due) => {
  expect(unloadDueAt(idleness)).toBe(due);
});
