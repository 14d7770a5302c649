import { expect, it } from 'vitest';
import { challengeMs, Challenges } from './challenges.ts';
import { availability, siteOf } from './site.ts';

const signIn = { userId: null, origin: 'https://impetus.local:8443' };

it('a challenge is answered once, in time, for what it was made for', () => {
  let now = 0;
  const challenges = new Challenges(() => now);
  const first = challenges.issue(signIn);
  expect(challenges.take(first, signIn)).toBe(true);
  expect(challenges.take(first, signIn)).toBe(false);
  const elsewhere = challenges.issue(signIn);
  expect(challenges.take(elsewhere, { ...signIn, origin: 'http://localhost:8080' })).toBe(false);
  expect(challenges.take(elsewhere, signIn)).toBe(false);
  expect(challenges.take(challenges.issue({ ...signIn, userId: 'ada' }), signIn)).toBe(false);
  const late = challenges.issue(signIn);
  now = challengeMs;
  expect(challenges.take(late, signIn)).toBe(false);
  expect(challenges.take('nothing', signIn)).toBe(false);
});

it('very many challenges push out the oldest', () => {
  const challenges = new Challenges(() => 0);
  const first = challenges.issue(signIn);
  for (let count = 0; count < 1000; count += 1) challenges.issue(signIn);
  expect(challenges.take(first, signIn)).toBe(false);
});

it.each([
  ['https://impetus-k4rt.local:8443', true],
  ['http://localhost:8080', true],
  ['http://impetus-k4rt.local', false],
  ['https://192.168.1.20:8443', false],
  ['http://[::1]:8080', false],
])('passkeys at %s: %s', (origin, available) => {
  expect(availability(siteOf(origin))).toMatchObject({ available });
});
