import { expect, test } from 'vitest';
import { areaName, auditArea, auditWords, detailName, detailWords, whoWords } from './audit-words.ts';

test('known actions have words, others are taken apart', () => {
  expect(auditWords('keys.create')).toBe('Created a key');
  expect(auditWords('hub.setToken')).toBe('Hub: set token');
  expect(auditWords('restart')).toBe('Restart');
  expect(areaName(auditArea('pairing.begin'))).toBe('Adding devices');
  expect(areaName(auditArea('hub.setToken'))).toBe('Hub');
});

test('who did it, and how often', () => {
  const who = { kind: 'session', id: 'd1', name: 'Pixel' } as const;
  expect(whoWords({ who, count: 1 })).toBe('Pixel');
  expect(whoWords({ who: null, count: 40 })).toBe('Nobody known, 40 times');
});

test('facts of an entry are words', () => {
  expect(detailName('guestUntil')).toBe('Guest until');
  expect(detailWords(['infer', 'load'])).toBe('infer, load');
  expect(detailWords(true)).toBe('Yes');
  expect(detailWords(null)).toBe('–');
  expect(detailWords({ a: 1 })).toBe('{"a":1}');
});
