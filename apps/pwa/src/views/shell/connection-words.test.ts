import { expect, test } from 'vitest';
import { connectionWords } from './connection-words.ts';

const fine = { isSignedOut: false, isUntrusted: false };

test.each([
  [{ kind: 'connected' }, fine, 'connected'],
  [{ kind: 'connected' }, { ...fine, isUntrusted: true }, 'certificate not trusted'],
  [{ kind: 'reconnecting' }, { ...fine, isUntrusted: true }, 'reconnecting'],
  [{ kind: 'reconnecting' }, { ...fine, isSignedOut: true }, 'signed out'],
  [{ kind: 'away', since: null }, fine, 'away'],
] as const)('%j, %j reads %s', (view, standing, words) => {
  expect(connectionWords(view, standing, 0).words).toBe(words);
});
