import { renderUnicodeCompact } from 'uqr';

/** White on black whatever the terminal's colours are: a code with light and dark the other way round is hard to scan. */
const whiteOnBlack = (line: string) => `\u001b[97;40m${line}\u001b[0m`;

/** A QR code as lines of text, with its quiet zone. Colours are for those who look at it. */
export function qrLines(text: string, { interactive }: { readonly interactive: boolean }): readonly string[] {
  const lines = renderUnicodeCompact(text, { ecc: 'L', border: 2 }).split('\n');
  return interactive ? lines.map(whiteOnBlack) : lines;
}
