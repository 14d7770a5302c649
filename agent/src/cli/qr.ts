import { renderUnicodeCompact } from 'uqr';

/** A QR code as lines of text; its quiet zone included, so that it can be read on any background. */
export function qrLines(text: string): readonly string[] {
  return renderUnicodeCompact(text, { ecc: 'L', border: 2 }).split('\n');
}
