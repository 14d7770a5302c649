import type { ImpetusError } from '@impetus/contracts';
import { failuresBeforeGivingUp, gaveUp } from '../runners/crash.ts';

/** How often a model's runners failed in a row, and why there is none now. */
export class FailureRow {
  #count = 0;
  #last: ImpetusError | null = null;

  /** Why there is no runner, as far as that is a failure. */
  get last(): ImpetusError | null {
    return this.#last;
  }

  add(error: ImpetusError): void {
    this.#count += 1;
    this.#last = error;
  }

  /** There is no runner, and that is no fault of its own. */
  refuse(error: ImpetusError): void {
    this.#last = error;
  }

  /** There is a runner again, or none is to be. */
  settle(): void {
    this.#last = null;
  }

  /** A request was answered, or the owner asks for another try. */
  end(): void {
    this.#count = 0;
  }

  /** Why the model is not started any more; null: it is. */
  givenUp(modelName: string): ImpetusError | null {
    if (this.#count < failuresBeforeGivingUp) return null;
    return gaveUp(modelName, this.#count, this.#last?.message ?? 'unknown');
  }
}
