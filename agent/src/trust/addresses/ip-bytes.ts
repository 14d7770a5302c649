import { isIPv4, isIPv6 } from 'node:net';

function bytesOfIPv4(address: string): number[] {
  return address.split('.').map(Number);
}

function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return bytesOfIPv4(group);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** The 4 or 16 bytes of an address, as certificates hold it. */
export function ipBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(bytesOfIPv4(address));
  if (!isIPv6(address) || address.includes('%')) throw new RangeError(`${address} is not an address.`);
  const [head = '', tail] = address.split('::');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 16 - before.length - after.length;
  return Uint8Array.from([...before, ...Array<number>(zeros).fill(0), ...after]);
}

/** The mask of a prefix, as long as the address. */
export function maskBytes(length: number, prefix: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8));
    return (0xff << (8 - bits)) & 0xff;
  });
}
