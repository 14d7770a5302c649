import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { candidateAddresses } from './candidates.ts';
import { isPrivateAddress } from './ranges.ts';

const at = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo;

it('finds what other devices reach, IPv4 before IPv6, those of a lone cable last', () => {
  const interfaces = {
    lo0: [at('127.0.0.1', true), at('::1', true)],
    en5: [at('169.254.7.7')],
    en0: [at('fe80::1'), at('fd00::2'), at('192.168.1.20'), at('2001:db8::5')],
    utun4: [at('100.101.102.103')],
    awdl0: [at('fd00::9')],
    bridge100: [at('192.168.64.1')],
    docker0: [at('172.17.0.1')],
  };
  expect(candidateAddresses(interfaces)).toEqual([
    '192.168.1.20',
    '100.101.102.103',
    '169.254.7.7',
    'fd00::2',
  ]);
});

it('leaves out what the authority may not vouch for', () => {
  expect(candidateAddresses({ en0: [at('203.0.113.7'), at('2a00::1')] })).toEqual([]);
  expect(candidateAddresses({ gone: undefined })).toEqual([]);
});

it.each([
  ['10.255.0.1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.169.0.1', false],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['fdff::1', true],
  ['fe80::1', true],
  ['2001:db8::1', false],
  ['impetus.local', false],
])('%s is private: %s', (address, answer) => {
  expect(isPrivateAddress(address)).toBe(answer);
});
