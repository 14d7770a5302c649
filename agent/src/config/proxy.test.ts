import { expect, it } from 'vitest';
import { proxyIn } from './proxy.ts';

it.each([
  [{}, null],
  [{ HTTPS_PROXY: '', NO_PROXY: 'example.org' }, null],
  [{ HTTPS_PROXY: 'http://a:1' }, { HTTPS_PROXY: 'http://a:1' }],
  [
    { https_proxy: 'http://small:1', HTTPS_PROXY: 'http://LARGE:1', HTTP_PROXY: 'http://b:2', no_proxy: 'c' },
    { HTTPS_PROXY: 'http://small:1', HTTP_PROXY: 'http://b:2', NO_PROXY: 'c' },
  ],
])('%j names %j', (env, proxy) => {
  expect(proxyIn(env)).toEqual(proxy);
});
