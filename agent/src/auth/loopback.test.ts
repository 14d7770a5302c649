import { expect, it } from 'vitest';
import { isLoopbackAddress } from './loopback.ts';

it('knows the addresses of this computer', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'].every(isLoopbackAddress)).toBe(true);
  expect(['10.0.0.1', '::ffff:10.0.0.1', '1127.0.0.1', '', undefined].some(isLoopbackAddress)).toBe(false);
});
