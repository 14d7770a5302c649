import { expect, it } from 'vitest';
import { decideTrust, readFingerprint, showFingerprint } from './trust-decision.ts';

const mine = 'ab'.repeat(32);
const other = 'cd'.repeat(32);

it.each([
  [{ known: null, offered: null, pinned: null }, 'system'],
  [{ known: mine, offered: null, pinned: null }, 'system'],
  [{ known: null, offered: null, pinned: mine }, 'differs'],
  [{ known: null, offered: mine, pinned: null }, 'ask'],
  [{ known: null, offered: mine, pinned: mine }, 'trust'],
  [{ known: null, offered: other, pinned: mine }, 'differs'],
  [{ known: mine, offered: mine, pinned: null }, 'trust'],
  [{ known: mine, offered: other, pinned: null }, 'changed'],
  [{ known: mine, offered: other, pinned: other }, 'trust'],
] as const)('%j: %s', (facts, decision) => expect(decideTrust(facts)).toBe(decision));

it('a fingerprint is read however it was copied', () => {
  expect(readFingerprint(showFingerprint(mine))).toBe(mine);
  expect(readFingerprint(`SHA256:${mine.toUpperCase()} `)).toBe(mine);
  expect(readFingerprint('ab:cd')).toBeNull();
  expect(showFingerprint(mine)).toMatch(/^AB:AB:/);
});
