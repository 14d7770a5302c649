const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** Where something came from; the Mac's own addresses are called what they are. */
export function addressWords(address: string | null): string | null {
  if (address === null || address === '') return null;
  if (loopback.test(address)) return 'the Mac itself';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
