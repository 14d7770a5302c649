import { eachChunk, type EachChunkOptions } from './each-chunk.ts';
import { TransferError } from './errors.ts';
import { offline } from './open-range.ts';
import type { PartFile } from './part-file.ts';
import { gapsIn, type Range } from './ranges.ts';

/** So much is written at once. */
const pieceBytes = 1024 * 1024;

/** Buffers that are used again: a connection needs two for each block that it brings. */
export class Pieces {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
  }

  give(...buffers: readonly Buffer[]): void {
    this.#free.push(...buffers);
  }
}

export interface ReadBodyOptions extends EachChunkOptions {
  readonly pieces: Pieces;
  /** Where in the file its first byte belongs, and where it has to end. */
  readonly range: Range;
  /** Where it is to stop, if another connection has taken the rest over meanwhile. */
  readonly end: () => number;
  readonly part: PartFile;
  /** Bytes that came. */
  readonly onBytes: (bytes: number) => void;
  /** The range is in the file up to here. */
  readonly onWritten: (position: number) => void;
}

/** On a slow link, what came is written after so long, so that little is lost to a crash. */
const pieceMs = 500;

/** Reads an answer into the file, to the end of what is wanted of it. What had been written when it throws stays. */
export async function readBody(options: ReadBodyOptions): Promise<void> {
  const { body, range, end, signal } = options;
  const writer = new PieceWriter(options, range.from);
  let position = range.from;
  let isEnough = false;
  const take = (chunk: Buffer): Promise<void> | null => {
    options.onBytes(chunk.length);
    if (position + chunk.length > range.to)
      throw new TransferError('nonsense', 'The server sent more than was asked for.');
    const wanted = chunk.subarray(0, Math.max(0, end() - position));
    position += wanted.length;
    isEnough = position >= end() && position < range.to;
    if (isEnough) body.destroy();
    return writer.add(wanted);
  };
  try {
    await eachChunk(options, take).catch((error: unknown) => {
      if (!isEnough) throw error;
    });
  } finally {
    await writer.finish();
  }
  signal.throwIfAborted();
  if (position < end()) throw offline('the server', new Error('early end'));
}

/**
 * Collects what comes into pieces, and writes one while the next comes. Two buffers take turns, so that what a
 * connection holds stays the same however much it brings.
 */
class PieceWriter {
  readonly #options: ReadBodyOptions;
  #from: number;
  #filling: Buffer;
  #resting: Buffer;
  #bytes = 0;
  #since = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: ReadBodyOptions, from: number) {
    this.#options = options;
    this.#from = from;
    this.#filling = options.pieces.take();
    this.#resting = options.pieces.take();
  }

  /** Null where there is nothing to wait for. */
  add(chunk: Buffer): Promise<void> | null {
    const now = performance.now();
    if (this.#bytes === 0) this.#since = now;
    const taken = chunk.copy(this.#filling, this.#bytes);
    this.#bytes += taken;
    if (this.#bytes < pieceBytes && now - this.#since < pieceMs) return null;
    return this.#next(chunk.subarray(taken));
  }

  async finish(): Promise<void> {
    try {
      await this.#writing;
      this.#begin();
      await this.#writing;
    } finally {
      this.#options.pieces.give(this.#filling, this.#resting);
    }
  }

  async #next(rest: Buffer): Promise<void> {
    await this.#writing;
    this.#begin();
    if (rest.length > 0) await this.add(rest);
  }

  #begin(): void {
    if (this.#bytes === 0) return;
    const { part, onWritten } = this.#options;
    const piece = { from: this.#from, to: this.#from + this.#bytes };
    const bytes = this.#filling.subarray(0, this.#bytes);
    [this.#filling, this.#resting] = [this.#resting, this.#filling];
    this.#from = piece.to;
    this.#bytes = 0;
    this.#writing = writeNew(part, piece, bytes).then(() => onWritten(piece.to));
    // Whoever waits for it next hears of a failure.
    this.#writing.catch(() => {});
  }
}

/** What is proven already stays as it is, where a server without ranges sends it again. */
async function writeNew(part: PartFile, piece: Range, bytes: Buffer): Promise<void> {
  const inside = part.verified
    .map(({ from, to }) => ({ from: from - piece.from, to: to - piece.from }))
    .filter(({ from, to }) => to > 0 && from < piece.to - piece.from);
  if (inside.length === 0) return part.write(piece.from, bytes);
  for (const { from, to } of gapsIn(inside, bytes.length))
    await part.write(piece.from + from, bytes.subarray(from, to));
}
