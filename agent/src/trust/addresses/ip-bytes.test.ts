import { expect, it } from 'vitest';
import { ipBytes, maskBytes } from './ip-bytes.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

it.each([
  ['192.168.1.20', 'c0a80114'],
  ['::1', '00000000000000000000000000000001'],
  ['fe80::', 'fe800000000000000000000000000000'],
  ['fd12:3456:789a:1::42', 'fd123456789a00010000000000000042'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['::ffff:10.0.0.1', '00000000000000000000ffff0a000001'],
])('%s is %s', (address, bytes) => {
  expect(hex(ipBytes(address))).toBe(bytes);
});

it('refuses what is no address', () => {
  expect(() => ipBytes('fe80::1%eth0::')).toThrow(RangeError);
  expect(() => ipBytes('1.2.3')).toThrow(RangeError);
});

it.each([
  [4, 8, 'ff000000'],
  [4, 12, 'fff00000'],
  [4, 32, 'ffffffff'],
  [16, 7, 'fe000000000000000000000000000000'],
  [16, 10, 'ffc00000000000000000000000000000'],
])('a mask of %i bytes with %i bits is %s', (length, prefix, mask) => {
  expect(hex(maskBytes(length, prefix))).toBe(mask);
});
