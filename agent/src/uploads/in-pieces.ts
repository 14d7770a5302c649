import { spentBuffers } from '../platform/spent-buffers.ts';

/** So much is written at once. */
const pieceBytes = 1024 * 1024;
/** On a slow link, what came is written after so long, so that little is lost to a crash. */
const pieceMs = 500;

/**
 * Hands over what comes in pieces of at most 1 MiB, which are good until `keep` resolves. What came before the source
 * breaks off is handed over too.
 */
export async function inPieces(
  chunks: AsyncIterable<Uint8Array>,
  keep: (piece: Uint8Array) => Promise<void>,
): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(pieceBytes);
  const spent = spentBuffers();
  let filled = 0;
  let since = 0;
  const handOver = async () => {
    const piece = buffer.subarray(0, filled);
    filled = 0;
    if (piece.length > 0) await keep(piece);
  };
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length;) {
        if (filled === 0) since = performance.now();
        const part = chunk.subarray(at, at + pieceBytes - filled);
        buffer.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled === pieceBytes || performance.now() - since >= pieceMs) await handOver();
      }
      spent(chunk.length);
    }
  } finally {
    await handOver();
  }
}
