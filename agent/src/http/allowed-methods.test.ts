import { expect, it } from 'vitest';
import { allowedMethods } from './allowed-methods.ts';

const routes = [
  { url: '/v1/models', methods: ['GET'] },
  { url: '/v1/models', methods: ['HEAD'] },
  { url: '/v1/models/*', methods: ['GET'] },
  { url: '/v1/chat/completions', methods: ['POST'] },
  { url: '/trpc/:path', methods: ['GET', 'POST'] },
];

it.each([
  ['/v1/models', ['GET', 'HEAD']],
  ['/v1/models/', ['GET', 'HEAD']],
  ['/v1/models/folder/model', ['GET']],
  ['/v1/chat/completions', ['POST']],
  ['/trpc/keys.list,models.list', ['GET', 'POST']],
  ['/trpc', []],
  ['/v1/chat', []],
  ['/v1xmodels', []],
])('%s answers to %j', (path, methods) => {
  expect(allowedMethods(path, routes)).toEqual(methods);
});
