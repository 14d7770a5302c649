import { expect, it } from 'vitest';
import { addressProblem, likelyAddress, toolAddresses } from './addresses.ts';

const origin = (url: string, reachable = true) => ({ url, reachable, checkedAt: null, problem: null });
const trust = {
  mode: 'own' as const,
  origins: [
    origin('https://impetus-k4rt.local:8443'),
    origin('https://192.168.1.20:8443'),
    origin('https://10.0.0.9:8443', false),
    origin('https://[fd00::2]:8443'),
  ],
};
const loopback = 'http://127.0.0.1:8080';

it('offers what answers, and the Mac itself last', () => {
  expect(toolAddresses({ trust, loopback, name: 'Studio' })).toEqual([
    { origin: 'https://impetus-k4rt.local:8443', about: 'By name, from your network', needsAuthority: true },
    { origin: 'https://192.168.1.20:8443', about: 'By number, from your network', needsAuthority: true },
    { origin: 'https://[fd00::2]:8443', about: 'By number, from your network', needsAuthority: true },
    { origin: 'http://localhost:8080', about: 'For programs on Studio itself', needsAuthority: false },
  ]);
});

it('asks for no certificate where everybody trusts the one that is shown', () => {
  const addresses = toolAddresses({ trust: { ...trust, mode: 'acme' }, loopback, name: 'Studio' });
  expect(addresses.some(({ needsAuthority }) => needsAuthority)).toBe(false);
});

it('takes the address that the page came from', () => {
  const addresses = toolAddresses({ trust, loopback, name: 'Studio' });
  expect(likelyAddress(addresses, 'http://localhost:8080')).toBe('http://localhost:8080');
  expect(likelyAddress(addresses, 'https://192.168.1.20:8443')).toBe('https://192.168.1.20:8443');
  expect(likelyAddress(addresses, 'http://localhost:5173')).toBe('https://impetus-k4rt.local:8443');
  expect(likelyAddress(toolAddresses({ trust: null, loopback: null, name: '' }), 'http://a')).toBeNull();
});

it('warns where a tool takes the name alone', () => {
  const [byName, byNumber] = toolAddresses({ trust, loopback, name: 'Studio' });
  const opencode = { name: 'opencode', needsName: true as const };
  expect(byName && addressProblem(opencode, byName)).toBeNull();
  expect(byNumber && addressProblem(opencode, byNumber)).toContain('Choose the address with the name');
  expect(byNumber && addressProblem({ name: 'Zed' }, byNumber)).toBeNull();
});
