import { expect, it } from 'vitest';
import { inPieces } from './in-pieces.ts';

const mebibyte = 1024 * 1024;
const content = Buffer.from(Array.from({ length: 3 * mebibyte + 7 }, (_, index) => index % 251));

async function* chunksOf(bytes: number, upTo = content.length) {
  for (let at = 0; at < upTo; at += bytes)
    yield await Promise.resolve(content.subarray(at, Math.min(at + bytes, upTo)));
}

async function* thenBroken(chunks: AsyncIterable<Uint8Array>) {
  yield* chunks;
  throw new Error('cut');
}

/** Copies: a piece is good only until it is kept. */
function keeper() {
  const pieces: Buffer[] = [];
  const keep = (piece: Uint8Array) => Promise.resolve(void pieces.push(Buffer.from(piece)));
  return { pieces, keep };
}

it.each([1000, 64 * 1024, mebibyte, 2 * mebibyte + 1])(
  'chunks of %i bytes become the same file',
  async (bytes) => {
    const { pieces, keep } = keeper();
    await inPieces(chunksOf(bytes), keep);
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
    expect(Math.max(...pieces.map(({ length }) => length))).toBe(mebibyte);
  },
);

it('what came before the source broke off is kept', async () => {
  const { pieces, keep } = keeper();
  await expect(inPieces(thenBroken(chunksOf(1000, 5000)), keep)).rejects.toThrow('cut');
  expect(Buffer.concat(pieces).equals(content.subarray(0, 5000))).toBe(true);
});

it('a piece that could not be kept ends it with the reason, and is not handed over again', async () => {
  let asked = 0;
  const keep = () => {
    asked += 1;
    return Promise.reject(new Error('full'));
  };
  await expect(inPieces(chunksOf(64 * 1024), keep)).rejects.toThrow('full');
  expect(asked).toBe(1);
});
