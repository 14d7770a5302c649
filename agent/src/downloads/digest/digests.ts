import type { Worker } from 'node:worker_threads';
import { unlessAborted } from '../../platform/deadline.ts';
import { startSmallThread } from '../../platform/small-thread.ts';
import type { Segment } from '../transfer/journal-format.ts';
import type { DigestAnswer, DigestOrder } from './messages.ts';

/** A file that is read along with its download, so that its digest is there as soon as its last byte is. */
export interface FileDigest extends Disposable {
  /** Which of the segments that were there at the beginning are not what the journal says. */
  readonly checked: Promise<readonly Segment[]>;
  /** The file has no gap before this. Not to be told before `checked`. */
  advance(to: number): void;
  /** The SHA-256 of the whole file, once it has no gap any more. */
  finish(size: number): Promise<string>;
}

interface Waiting {
  readonly checked: PromiseWithResolvers<readonly Segment[]>;
  readonly digest: PromiseWithResolvers<string>;
}

const idleMs = 5_000;

/**
 * Computes digests in a thread of their own, which reads what was just written from the system's cache: the thread
 * that serves requests never stops for it, and a file's size does not matter.
 */
export class Digests implements AsyncDisposable {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #next = 1;
  #ending: NodeJS.Timeout | null = null;

  open(path: string, segments: readonly Segment[]): FileDigest {
    const id = this.#next;
    this.#next += 1;
    const waiting: Waiting = { checked: Promise.withResolvers(), digest: Promise.withResolvers() };
    // Whoever closes the file without asking is not told of failures.
    waiting.checked.promise.catch(() => {});
    waiting.digest.promise.catch(() => {});
    this.#waiting.set(id, waiting);
    this.#tell({ type: 'open', id, path, segments });
    return {
      checked: waiting.checked.promise,
      advance: (to) => this.#tell({ type: 'advance', id, to }),
      finish: (size) => {
        this.#tell({ type: 'finish', id, size });
        return waiting.digest.promise;
      },
      [Symbol.dispose]: () => {
        this.#tell({ type: 'close', id });
        this.#waiting.delete(id);
        this.#endSoon();
      },
    };
  }

  /** The SHA-256 of a file that is there as a whole. Rejects with the signal's reason once it is given. */
  async of(path: string, size: number, signal: AbortSignal): Promise<string> {
    using digest = this.open(path, []);
    await unlessAborted(digest.checked, signal);
    digest.advance(size);
    return await unlessAborted(digest.finish(size), signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ending !== null) clearTimeout(this.#ending);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #tell(order: DigestOrder): void {
    this.#started().postMessage(order);
  }

  #started(): Worker {
    if (this.#ending !== null) clearTimeout(this.#ending);
    this.#ending = null;
    if (this.#worker !== null) return this.#worker;
    const worker = startSmallThread('digests', new URL('worker.ts', import.meta.url));
    worker.on('message', (answer: DigestAnswer) => this.#hear(answer));
    worker.on('error', (error: Error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('The thread that computes digests ended.')));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #hear(answer: DigestAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (answer.type === 'checked') waiting.checked.resolve(answer.bad);
    else if (answer.type === 'digest') waiting.digest.resolve(answer.sha256);
    else fail(waiting, new Error(answer.message));
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#waiting.forEach((waiting) => fail(waiting, error));
  }

  #endSoon(): void {
    if (this.#waiting.size > 0 || this.#worker === null) return;
    this.#ending = setTimeout(() => void this[Symbol.asyncDispose](), idleMs).unref();
  }
}

function fail({ checked, digest }: Waiting, error: Error): void {
  checked.reject(error);
  digest.reject(error);
}
