import { describe, expect, it } from 'vitest';
import { condense, subjectOf } from './condense.ts';

describe('what the audit keeps of an input', () => {
  it('has no secret in it, however deep', () => {
    const input = {
      name: 'Maria',
      password: 'p1',
      newPassword: 'p2',
      current: 'p3',
      next: 'p4',
      code: 'p5',
      key: 'p6',
      user: { oneTimePassword: 'p7', scopes: ['infer'] },
      list: [{ token: 'p8', id: 'a' }],
      messages: [{ role: 'user', content: 'p9' }],
    };
    expect(condense(input)).toEqual({ name: 'Maria', user: { scopes: ['infer'] }, list: [{ id: 'a' }] });
  });

  it('is short', () => {
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, 'x'.repeat(10_000)]));
    expect(JSON.stringify(condense(wide)).length).toBeLessThan(6_000);
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    expect(condense(deep)).toEqual({ a: { b: { c: { d: '…' } } } });
  });

  it.each([undefined, null, 'text', 7, ['a']])('of %j is nothing', (input) => {
    expect(condense(input)).toEqual({});
  });
});

it.each([
  [{ id: 'a', name: 'b' }, 'a'],
  [{ name: 'b' }, 'b'],
  [{ id: 7 }, null],
  [{}, null],
  ['a', null],
  [undefined, null],
])('%j is about %j', (input, subject) => {
  expect(subjectOf(input)).toBe(subject);
});
