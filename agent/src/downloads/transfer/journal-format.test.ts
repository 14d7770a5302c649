import { describe, expect, it } from 'vitest';
import { decodeJournal, encodeHeader, encodeSegment } from './journal-format.ts';

const header = {
  version: 1,
  repo: 'a/b',
  revision: 'c'.repeat(40),
  path: 'd.gguf',
  size: 2 ** 40,
  sha256: null,
} as const;
const segments = [
  { from: 0, to: 5, crc: 1 },
  { from: 2 ** 35, to: 2 ** 35 + 7, crc: 4_294_967_295 },
];
const whole = Buffer.concat([encodeHeader(header), ...segments.map(encodeSegment)]);

describe('a journal', () => {
  it('is read as it was written', () => {
    expect(decodeJournal(whole)).toEqual({ header, segments, soundBytes: whole.length });
  });

  it('of which the last record is torn holds up to the one before', () => {
    for (let cut = 1; cut < 24; cut += 1) {
      const torn = decodeJournal(whole.subarray(0, whole.length - cut));
      expect(torn).toEqual({ header, segments: segments.slice(0, 1), soundBytes: whole.length - 24 });
    }
  });

  it('believes no record that was changed', () => {
    for (let byte = 1; byte <= 24; byte += 1) {
      const changed = Buffer.from(whole);
      changed[changed.length - byte] = (changed[changed.length - byte] ?? 0) ^ 1;
      expect(decodeJournal(changed)?.segments).toEqual(segments.slice(0, 1));
    }
  });

  it('has a segment that grew once, as long as it was last', () => {
    const grown = { from: 0, to: 9, crc: 2 };
    const bytes = Buffer.concat([whole, encodeSegment(grown)]);
    expect(decodeJournal(bytes)?.segments).toEqual([grown, segments[1]]);
    expect(decodeJournal(bytes.subarray(0, -1))?.segments).toEqual(segments);
  });

  it('without a header is none', () => {
    for (const bytes of ['', 'nonsense', '{}\n', '{"version":2}\n', '\0'.repeat(100_000)])
      expect(decodeJournal(Buffer.from(bytes))).toBeNull();
  });
});
