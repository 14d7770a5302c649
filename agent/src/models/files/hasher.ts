import type { Worker } from 'node:worker_threads';
import type { Log } from '../../log/types.ts';
import { startSmallThread } from '../../platform/small-thread.ts';
import { identityOf, stampOf } from './stamp.ts';
import type { FileStamp } from './types.ts';
import type { HashAnswer, HashTask } from './hash-worker.ts';

export interface HasherOptions {
  readonly log: Log;
  /** True while models answer: hashing waits then. */
  readonly busy: () => boolean;
  readonly onHash: (file: FileStamp, sha256: string) => void;
}

/** How long after it was asked, and after something was busy, hashing begins. */
const patienceMs = 2_000;

/** Hashes files one after the other in a thread of its own, which ends when there is nothing left. */
export class Hasher implements AsyncDisposable {
  readonly #options: HasherOptions;
  #wanted: readonly FileStamp[] = [];
  #worker: Worker | undefined;
  #current: FileStamp | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** Files that could not be read; they are tried again when they changed. */
  readonly #failed = new Set<string>();

  constructor(options: HasherOptions) {
    this.#options = options;
  }

  /** In place of what was wanted before. */
  want(files: readonly FileStamp[]): void {
    this.#wanted = files.filter((file) => !this.#failed.has(identityOf(file)));
    this.#wake();
  }

  get left(): number {
    return this.#wanted.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#worker?.terminate();
  }

  #wake(): void {
    if (this.#closed || this.#current !== undefined || this.#wanted.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), patienceMs);
    this.#timer.unref();
  }

  #begin(): void {
    const [file] = this.#wanted;
    if (file === undefined) return this.#rest();
    if (this.#options.busy()) return this.#wake();
    this.#current = file;
    this.#worker ??= this.#start();
    this.#worker.postMessage({ path: file.path } satisfies HashTask);
  }

  #start(): Worker {
    const worker = startSmallThread('hashes', new URL('hash-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', (answer: HashAnswer) => void this.#heard(answer));
    worker.on('error', (error) => {
      this.#options.log.warn({ err: String(error) }, 'hashing in the background ended');
      this.#worker = undefined;
      this.#current = undefined;
    });
    return worker;
  }

  async #heard(answer: HashAnswer): Promise<void> {
    const file = this.#current;
    this.#current = undefined;
    if (file === undefined || this.#closed) return;
    this.#wanted = this.#wanted.filter(({ path }) => path !== file.path);
    const now = await stampOf(file.path);
    const same = now !== null && identityOf(now) === identityOf(file);
    if ('error' in answer) this.#failed.add(identityOf(file));
    else if (same) this.#options.onHash(file, answer.sha256);
    this.#begin();
  }

  #rest(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}
