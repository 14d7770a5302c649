import { expect, it } from 'vitest';
import { refuseKeyInUrl } from './keys-in-urls.ts';

const key = `imp_abcdefghjk_${'0'.repeat(64)}`;

it.each([
  '/v1/models?api_key=x',
  '/v1/models?a=b&key=x',
  '/v1/models?access_token=x',
  `/v1/${key}`,
  `/x?q=${key}`,
])('refuses %s', (url) => {
  expect(() => refuseKeyInUrl(url)).toThrow('A key has no place in an address');
});

it.each([
  '/v1/models',
  '/trpc/keys.list?input={}',
  '/setup',
  '/?monkey=1',
  '/trpc/a.b?batch=1&input={"key":"x"}',
])('lets %s pass', (url) => {
  expect(() => refuseKeyInUrl(url)).not.toThrow();
});
