import { expect, it } from 'vitest';
import { loopbackHosts } from './hosts.ts';

it('allows the loopback names with the port of the listener alone', () => {
  const hosts = loopbackHosts(8080);
  expect([...hosts]).toEqual(['localhost:8080', '127.0.0.1:8080', '[::1]:8080']);
  for (const host of ['localhost', 'localhost:8081', 'evil.example:8080', '127.0.0.1.nip.io:8080', '']) {
    expect(hosts.has(host)).toBe(false);
  }
});

it('allows the names without a port where the port is the scheme’s own', () => {
  expect(loopbackHosts(80).has('localhost')).toBe(true);
});
