import type { Log } from '../log/types.ts';

const writeAfterMs = 60_000;

/** Facts that are known at once and written in one go, at most once a minute: nothing depends on them but what is shown. */
export class WrittenLater<T> implements AsyncDisposable {
  readonly #write: (facts: ReadonlyMap<string, T>) => Promise<void>;
  readonly #log: Log;
  #unwritten = new Map<string, T>();
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (facts: ReadonlyMap<string, T>) => Promise<void>, log: Log) {
    this.#write = write;
    this.#log = log;
  }

  set(id: string, fact: T): void {
    this.#unwritten.set(id, fact);
    this.#timer ??= setTimeout(() => void this.#flush(), writeAfterMs).unref();
  }

  forget(id: string): void {
    this.#unwritten.delete(id);
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const facts = this.#unwritten;
    this.#unwritten = new Map();
    if (facts.size === 0) return;
    try {
      await this.#write(facts);
    } catch (error) {
      this.#log.warn({ err: error }, 'When something was last used could not be written.');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#flush();
  }
}
