import { describe, expect, it } from 'vitest';
import { refusalOf, retryAfter } from './errors.ts';

const headers = (values: Record<string, string>) => new Headers(values);

describe('what a refusal means', () => {
  it.each([
    [401, {}, 'access'],
    [401, { 'x-error-code': 'RepoNotFound' }, 'access'],
    [403, { 'x-error-code': 'GatedRepo' }, 'access'],
    [404, { 'x-error-code': 'EntryNotFound' }, 'not-found'],
    [429, {}, 'rate-limited'],
    [503, {}, 'unavailable'],
    [418, {}, 'bad-answer'],
  ] as const)('%d %j is %s', (status, values, kind) => {
    expect(refusalOf(status, headers(values)).kind).toBe(kind);
  });
});

describe('when to ask again', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    [{ 'retry-after': '30' }, 30],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:45 GMT' }, 45],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': '9999999' }, 3600],
    [{ ratelimit: '"api";r=0;t=55' }, 55],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('%j is %j', (values, seconds) => {
    expect(retryAfter(headers(values), now)).toBe(seconds);
  });
});
