import { privateRanges } from '../addresses/ranges.ts';
import { ipBytes, maskBytes } from '../addresses/ip-bytes.ts';

export const nameConstraintsOid = '2.5.29.30';

const tags = { sequence: 0x30, permitted: 0xa0, dnsName: 0x82, ipAddress: 0x87 } as const;

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.from([tag, ...lengthBytes(content.length)]), content]);
}

function subnet({ address, prefix }: { readonly address: string; readonly prefix: number }): Uint8Array {
  const bytes = ipBytes(address);
  return element(tags.ipAddress, bytes, maskBytes(bytes.length, prefix));
}

/**
 * The value of the extension (RFC 5280, 4.2.1.10): this name and private addresses. Without the addresses any address
 * would be permitted, since a kind of name that is not mentioned is not constrained.
 */
export function nameConstraints(name: string): Uint8Array {
  const bases = [element(tags.dnsName, Buffer.from(name, 'ascii')), ...privateRanges.map(subnet)];
  return element(
    tags.sequence,
    element(tags.permitted, ...bases.map((base) => element(tags.sequence, base))),
  );
}
