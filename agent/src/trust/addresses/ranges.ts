import { BlockList, isIP } from 'node:net';

/**
 * The addresses that the intermediate may certify: those that no stranger on the internet can have. 100.64.0.0/10 is
 * what carriers and Tailscale hand out behind their own walls.
 */
export const privateRanges = [
  { address: '10.0.0.0', prefix: 8 },
  { address: '172.16.0.0', prefix: 12 },
  { address: '192.168.0.0', prefix: 16 },
  { address: '100.64.0.0', prefix: 10 },
  { address: '169.254.0.0', prefix: 16 },
  { address: '127.0.0.0', prefix: 8 },
  { address: 'fc00::', prefix: 7 },
  { address: 'fe80::', prefix: 10 },
  { address: '::1', prefix: 128 },
] as const;

const familyOf = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4');

const inside = new BlockList();
for (const { address, prefix } of privateRanges) inside.addSubnet(address, prefix, familyOf(address));

/** Whether an address is of one of those ranges; false for what is no address. */
export function isPrivateAddress(address: string): boolean {
  return isIP(address) !== 0 && inside.check(address, familyOf(address));
}
