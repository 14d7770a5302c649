import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { ImpetusError } from '@impetus/contracts';
import { GgufError, readGgufHeader, type ByteSource } from '@impetus/gguf';
import { isDiskFull } from '../platform/disk-errors.ts';
import { writeAll } from '../platform/write-all.ts';
import { inPieces } from './in-pieces.ts';

/** A header is tried first when this much is here, then whenever twice as much is. */
const firstTry = 64 * 1024;
/** The longest header that is waited for: vocabularies and templates take some tens of megabytes at most. */
const lastTry = 256 * 1024 * 1024;
/** What a format is known by. */
const startBytes = 16;

/**
 * A file as it arrives: every byte is hashed when it is on the disk, and the header is checked as soon as it is
 * there, so that what is no model is refused before the rest is sent.
 */
export class Arrival {
  readonly #path: string;
  readonly #sizeBytes: number;
  #hash: Hash = createHash('sha256');
  #hashed = 0;
  #nextTry = startBytes;

  constructor(path: string, sizeBytes: number) {
    this.#path = path;
    this.#sizeBytes = sizeBytes;
  }

  get received(): number {
    return this.#hashed;
  }

  /** Writes what comes from `offset` on, until it ends or breaks off. Answers how much is on the disk then. */
  async write(
    chunks: AsyncIterable<Uint8Array>,
    offset: number,
    onProgress: (received: number) => void,
  ): Promise<number> {
    await this.#catchUp(offset);
    await using file = await open(this.#path, 'r+');
    try {
      await inPieces(chunks, async (piece) => {
        await writeAll(file, piece, this.#hashed);
        this.#hash.update(piece);
        this.#hashed += piece.length;
        onProgress(this.#hashed);
        if (this.#hashed >= this.#nextTry) await this.#check();
      });
    } catch (error) {
      if (isDiskFull(error)) throw full();
      throw error;
    } finally {
      await file.datasync();
    }
    return this.#hashed;
  }

  /** Of all that arrived. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  /** What arrived in an earlier run of the agent is hashed from the disk. */
  async #catchUp(offset: number): Promise<void> {
    if (this.#hashed === offset) return;
    this.#hash = createHash('sha256');
    this.#hashed = 0;
    await using file = await open(this.#path, 'r');
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    while (this.#hashed < offset) {
      const length = Math.min(buffer.length, offset - this.#hashed);
      const { bytesRead } = await file.read({ buffer, length, position: this.#hashed });
      if (bytesRead === 0)
        throw new Error(`There are ${this.#hashed} bytes of an upload where ${offset} were.`);
      this.#hash.update(buffer.subarray(0, bytesRead));
      this.#hashed += bytesRead;
    }
    this.#nextTry = Math.max(startBytes, offset);
  }

  async #check(): Promise<void> {
    await using file = await open(this.#path, 'r');
    const { buffer } = await file.read({ buffer: Buffer.alloc(startBytes), position: 0 });
    const refusal = strangerAt(buffer);
    if (refusal !== null) throw new ImpetusError('unsupported_media_type', refusal);
    this.#nextTry = Math.max(firstTry, this.#hashed * 2);
    if (this.#hashed < firstTry && this.#hashed < this.#sizeBytes) return;
    if (buffer.toString('latin1', 0, 4) !== 'GGUF') {
      this.#nextTry = Infinity;
      return;
    }
    const there = this.#hashed;
    const source: ByteSource = {
      size: this.#sizeBytes,
      async read(position, length) {
        const wanted = Math.max(0, Math.min(length, there - position));
        const { buffer: bytes, bytesRead } = await file.read({ buffer: new Uint8Array(wanted), position });
        return bytes.subarray(0, bytesRead);
      },
    };
    if ((await headerFault(source, there)) || there >= lastTry) this.#nextTry = Infinity;
  }
}

/** True once the header is whole and sound; throws what is wrong with it, as far as it can be told by now. */
async function headerFault(source: ByteSource, there: number): Promise<boolean> {
  try {
    const { expectedSize } = await readGgufHeader(source);
    if (expectedSize <= source.size) return true;
  } catch (error) {
    if (!(error instanceof GgufError)) throw error;
    // The rest of the header may still be on its way.
    if (error.code === 'truncated' && there < source.size) return false;
    throw new ImpetusError('invalid_request', `This file cannot be a model: ${error.message}`);
  }
  throw new ImpetusError(
    'invalid_request',
    'This file is cut off: its header says that it is longer than what is being sent. Fetch it again first.',
  );
}

/** Why a file cannot be a model, by its first bytes; null where it may be one. */
export function strangerAt(start: Buffer): string | null {
  const text = start.toString('latin1');
  const torch = start.subarray(0, 2).equals(Buffer.from('8002', 'hex'));
  const known =
    text.startsWith('GGUF') || text.startsWith('PK') || torch || start[0] === 0x08 || start[8] === 0x7b;
  if (known) return null;
  if (text.startsWith('<')) return 'This is a web page, not a model. Fetch the file itself and send that.';
  if (text.startsWith('version https:/')) {
    return 'This is a pointer of Git LFS, not the model itself. Fetch the real file and send that.';
  }
  return 'This is not a model file: it does not begin like GGUF, SafeTensors, PyTorch, ONNX or Core ML.';
}

function full(): ImpetusError {
  return new ImpetusError(
    'disk_full',
    'The disk is full. What arrived is kept: free some space, then go on with the upload.',
  );
}
