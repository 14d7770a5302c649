import type { Tool } from '@impetus/contracts/tools/types';
import type { TrustStatus } from '@impetus/contracts/trust';

/** An address under which a program may ask the Mac. */
export interface ToolAddress {
  readonly origin: string;
  /** Who comes in there, in a few words. */
  readonly about: string;
  /** Programs have to be given the authority’s certificate. */
  readonly needsAuthority: boolean;
}

export interface AddressesInput {
  readonly trust: Pick<TrustStatus, 'origins' | 'mode'> | null;
  /** The loopback listener, such as `http://127.0.0.1:8080`; null while it is not known. */
  readonly loopback: string | null;
  /** The Mac’s name. */
  readonly name: string;
}

/** The https addresses that answered, and the one of the Mac itself. */
export function toolAddresses({ trust, loopback, name }: AddressesInput): readonly ToolAddress[] {
  const open = (trust?.origins ?? []).filter(({ reachable }) => reachable);
  const others = open.map(({ url }) => ({
    origin: url,
    about: hasName(url) ? 'By name, from your network' : 'By number, from your network',
    needsAuthority: trust?.mode === 'own',
  }));
  if (loopback === null) return others;
  const own = {
    origin: loopback.replace('127.0.0.1', 'localhost'),
    about: `For programs on ${name} itself`,
    needsAuthority: false,
  };
  return [...others, own];
}

/** The address that a page’s own visitor most likely means: the one that the page came from, else the first. */
export function likelyAddress(addresses: readonly ToolAddress[], page: string): string | null {
  return (addresses.find(({ origin }) => origin === page) ?? addresses[0])?.origin ?? null;
}

/** Why a tool will not come in at an address; null where it will. */
export function addressProblem(
  { name, needsName }: Pick<Tool, 'name' | 'needsName'>,
  { origin, needsAuthority }: Pick<ToolAddress, 'origin' | 'needsAuthority'>,
): string | null {
  if (needsName !== true || !needsAuthority || hasName(origin)) return null;
  return `${name} in a terminal refuses a certificate with addresses in it. Choose the address with the name; where there is none, Connections says why.`;
}

function hasName(url: string): boolean {
  const { hostname } = new URL(url);
  return !/^[\d.]+$|^\[/u.test(hostname);
}
