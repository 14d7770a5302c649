import { describe, expect, it } from 'vitest';
import { TokenTextDecoder } from './text-decoder.ts';

/** Byte tokens, as a vocabulary falls back to them: the hardest case there is. */
const detokenize = (bytes: readonly number[]): string => Buffer.from(bytes).toString('utf8');

function pieces(bytes: Iterable<number>): string[] {
  const decoder = new TokenTextDecoder(detokenize, []);
  const out = [...bytes].map((byte) => decoder.push(byte));
  out.push(decoder.flush());
  return out;
}

describe('TokenTextDecoder', () => {
  it('never sends half a character', () => {
    const text = 'naïve 🦔 ok — 漢字';
    const out = pieces(Buffer.from(text));
    expect(out.join('')).toBe(text);
    expect(out.filter((piece) => piece.includes('\uFFFD'))).toEqual([]);
  });

  it('swallows nothing when the text ends inside a character', () => {
    const out = pieces(Buffer.from('ok🦔').subarray(0, 4));
    expect(out.join('')).toBe('ok\uFFFD');
  });

  it('does not wait for ever for a character that cannot become whole', () => {
    const decoder = new TokenTextDecoder(detokenize, []);
    const out = [0xff, 0xff, 0xff, 0xff, 0x61].map((byte) => decoder.push(byte));
    expect(out.join('')).toBe('\uFFFD\uFFFD\uFFFD\uFFFDa');
  });
});
