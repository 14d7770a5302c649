import { ImpetusError, type GenerationEvent } from '@impetus/contracts';
import type { Account } from './account.ts';

type Result = IteratorResult<GenerationEvent, void>;

/** A request on its account, with the events of its answer. */
export interface Opened {
  readonly account: Account;
  readonly events: AsyncIterator<GenerationEvent, unknown>;
}

/**
 * The events of an answer, each noted on its account before it is passed on. Nothing begins before the first of them is
 * asked for. An iterator by hand: every token passes here, and a generator would cost it three promises instead of one.
 */
export class AccountedEvents implements AsyncIterableIterator<GenerationEvent, void> {
  readonly #open: () => Opened;
  #opened: Opened | null = null;
  #closed = false;

  /** `open` is called once; it throws where the request is refused. */
  constructor(open: () => Opened) {
    this.#open = open;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    if (this.#closed) return Promise.resolve({ done: true, value: undefined });
    try {
      this.#opened ??= this.#open();
    } catch (error) {
      this.#closed = true;
      return Promise.reject(error);
    }
    const { account, events } = this.#opened;
    if (account.failure !== null) return this.#fail(account.failure);
    return events.next().then(this.#pass, this.#fail);
  }

  /** The reader stops: before the end that is the same as a client that goes away. */
  async return(): Promise<Result> {
    this.#closed = true;
    if (this.#opened !== null) {
      const { account, events } = this.#opened;
      if (!account.ended) account.fail(leftEarly());
      await events.return?.();
    }
    return { done: true, value: undefined };
  }

  readonly #pass = (result: IteratorResult<GenerationEvent, unknown>): Result | Promise<Result> => {
    const { account } = this.#opened as Opened;
    if (account.failure !== null) return this.#fail(account.failure);
    if (result.done !== true) {
      account.heard(result.value);
      return result;
    }
    this.#closed = true;
    if (!account.ended) return this.#fail(new ImpetusError('internal', 'The answer ended without an end.'));
    return { done: true, value: undefined };
  };

  readonly #fail = async (thrown: unknown): Promise<never> => {
    this.#closed = true;
    const { account, events } = this.#opened as Opened;
    const failure = account.fail(thrown);
    await events.return?.();
    throw failure;
  };
}

function leftEarly(): ImpetusError {
  return new ImpetusError('cancelled', 'The answer was not read to its end.');
}
