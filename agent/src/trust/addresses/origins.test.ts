import { expect, it } from 'vitest';
import { allowedHosts, originTargets } from './origins.ts';

it('are urls of names and addresses, each once', () => {
  const targets = originTargets(
    ['impetus-ab12.local', '192.168.1.20', 'fd00::2', '192.168.1.20', '*.example.org'],
    8443,
  );
  expect(targets.map(({ url }) => url)).toEqual([
    'https://impetus-ab12.local:8443',
    'https://192.168.1.20:8443',
    'https://[fd00::2]:8443',
  ]);
  expect([...allowedHosts(targets, 8443)]).toEqual([
    'impetus-ab12.local:8443',
    '192.168.1.20:8443',
    '[fd00::2]:8443',
  ]);
});

it('leave out the port of https, which clients may still send', () => {
  const targets = originTargets(['mac.example.org'], 443);
  expect(targets[0]?.url).toBe('https://mac.example.org');
  expect([...allowedHosts(targets, 443)]).toEqual(['mac.example.org', 'mac.example.org:443']);
});
