import { expect, test } from 'vitest';
import { checkWorker } from './worker-check.ts';

const answering = (problem?: Error) => ({
  isSecureContext: true,
  serviceWorker: {
    async register(): Promise<ServiceWorkerRegistration> {
      if (problem !== undefined) throw problem;
      return {} as ServiceWorkerRegistration;
    },
  },
});

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

test('a worker that registers means trust', async () => {
  expect(await checkWorker(answering(), '/sw.js')).toEqual({ kind: 'trusted' });
});

test('http and a missing worker are told apart', async () => {
  const none = { isSecureContext: true, serviceWorker: undefined };
  expect(await checkWorker({ ...none, isSecureContext: false }, '/sw.js')).toEqual({ kind: 'insecure' });
  expect(await checkWorker(none, '/sw.js')).toEqual({ kind: 'unavailable' });
});

test.each([
  [named('SecurityError', 'An SSL certificate error occurred when fetching the script.'), 'untrusted'],
  [named('SecurityError', 'The operation is insecure.'), 'untrusted'],
  [named('NotSupportedError', 'The user denied permission to use Service Worker.'), 'unavailable'],
  [named('TypeError', 'Failed to register: a bad HTTP response code (503).'), 'failed'],
])('%s is %s', async (error, kind) => {
  expect((await checkWorker(answering(error), '/sw.js')).kind).toBe(kind);
});
