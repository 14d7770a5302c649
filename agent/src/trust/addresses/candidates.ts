import type { NetworkInterfaceInfo } from 'node:os';
import { isPrivateAddress } from './ranges.ts';

type Interfaces = Readonly<Partial<Record<string, readonly NetworkInterfaceInfo[]>>>;

/** Wireless helpers of a Mac, virtual machines and containers: no other device reaches this computer there. */
const unreachable = /^(?:awdl|llw|anpi|ap\d|bridge|vmnet|vmenet|docker|br-|veth|virbr|lxc|cni)/;

const isLinkLocal = (address: string) => /^(?:169\.254\.|fe[89ab])/i.test(address);

/**
 * The addresses under which other devices may reach this computer: private ones on real interfaces, IPv4 first.
 * IPv6 addresses of one link alone are left out, since no browser takes their zone.
 */
export function candidateAddresses(interfaces: Interfaces): string[] {
  const found = Object.entries(interfaces)
    .filter(([name]) => !unreachable.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ internal, address, family }) => {
      if (internal || !isPrivateAddress(address)) return false;
      return family === 'IPv4' || !isLinkLocal(address);
    });
  const rank = ({ family, address }: NetworkInterfaceInfo) =>
    Number(family === 'IPv6') + (isLinkLocal(address) ? 0.5 : 0);
  return [...new Set(found.toSorted((a, b) => rank(a) - rank(b)).map(({ address }) => address))];
}
