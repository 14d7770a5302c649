import { ImpetusError } from '@impetus/contracts';
import type { Locker, RequestRelease } from '@tus/server';
import { settledWithin } from '../platform/deadline.ts';

/** How long the one who has an upload may take to write what came. */
const patienceMs = 30_000;

interface Holder {
  /** Asks it to end its request. */
  readonly leave: RequestRelease;
  readonly gone: PromiseWithResolvers<void>;
}

/**
 * One request at a time has an upload; who comes next asks that one to leave, and waits. Where tus's own locker looks
 * again at every turn of the event loop, this one sleeps: a cut upload may take seconds until it is on the disk.
 */
export class UploadLocks implements Locker {
  readonly #holders = new Map<string, Holder>();

  newLock(id: string) {
    return {
      lock: (_signal: AbortSignal, leave: RequestRelease) => this.#take(id, leave),
      unlock: () => this.#give(id),
    };
  }

  async #take(id: string, leave: RequestRelease): Promise<void> {
    for (let holder = this.#holders.get(id); holder !== undefined; holder = this.#holders.get(id)) {
      await holder.leave();
      if (!(await settledWithin(patienceMs, holder.gone.promise)))
        throw new ImpetusError(
          'timeout',
          'What came of this file before is still being written. Try again soon.',
        );
    }
    this.#holders.set(id, { leave, gone: Promise.withResolvers() });
  }

  #give(id: string): Promise<void> {
    this.#holders.get(id)?.gone.resolve();
    this.#holders.delete(id);
    return Promise.resolve();
  }
}
