import { expect, it } from 'vitest';
import { refuseDeepGroups } from './groups.ts';

const nested = (levels: number) => `root ::= ${'('.repeat(levels)}"a"${')'.repeat(levels)}`;

it('groups that are too deep for the parser are refused, others are not', () => {
  expect(() => refuseDeepGroups(nested(200))).not.toThrow();
  expect(() => refuseDeepGroups(nested(201))).toThrow('more than 200 levels deep');
});

it.each([
  ['a text', `"${'('.repeat(999)}"`],
  ['a text with quotes', `"${'\\"('.repeat(999)}"`],
  ['a set', `[${'('.repeat(999)}\\]]`],
  ['a comment', `"a" # ${'('.repeat(999)}`],
  ['groups beside one another', '("a") '.repeat(999)],
])('parentheses of %s are none of them', (_, rule) => {
  expect(() => refuseDeepGroups(`root ::= ${rule}`)).not.toThrow();
});
