import { expect, it } from 'vitest';
import { serverOrigin } from './server-url.ts';

it.each([
  ['https://impetus-k4rt.local:8443/', 'https://impetus-k4rt.local:8443'],
  ['impetus-k4rt.local:8443', 'https://impetus-k4rt.local:8443'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
])('%s is %s', (typed, origin) => expect(serverOrigin(typed)).toBe(origin));

it.each([
  'http://192.168.1.20:8080',
  'ftp://a',
  'https://a/b',
  'https://me:secret@a',
  'http://localhost.evil',
  '',
])('%j is refused', (typed) => expect(() => serverOrigin(typed)).toThrow(/address/));
