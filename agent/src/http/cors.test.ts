import { expect, it } from 'vitest';
import { allowedHeaders } from './cors.ts';

it('allows the headers of the clients’ libraries, and no others', () => {
  const asked = 'Authorization, X-Stainless-Lang,x-stainless-retry-count, cookie, x-evil';
  const allowed = allowedHeaders(asked).split(', ');
  expect(allowed).toEqual(
    expect.arrayContaining(['authorization', 'x-stainless-lang', 'x-stainless-retry-count']),
  );
  expect(allowed).not.toContain('cookie');
  expect(allowed).not.toContain('x-evil');
  expect(allowed).not.toContain('*');
  expect(allowedHeaders(undefined)).toContain('authorization');
});
