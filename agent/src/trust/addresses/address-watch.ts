import type os from 'node:os';
import { candidateAddresses } from './candidates.ts';

/** How often the addresses of this computer are compared; a change is dialled at once. */
const lookEveryMs = 15_000;
/** How often everything is dialled again without a change. */
const checkEveryMs = 10 * 60_000;

/** Which addresses this computer has, and when they are to be dialled again. */
export class AddressWatch implements Disposable {
  readonly #interfaces: typeof os.networkInterfaces;
  readonly #due: () => void;
  #current: readonly string[] = [];
  #checkedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `due` is called whenever it is time to dial them all, once this was started. */
  constructor(interfaces: typeof os.networkInterfaces, due: () => void) {
    this.#interfaces = interfaces;
    this.#due = due;
  }

  /** As they were read last. */
  get current(): readonly string[] {
    return this.#current;
  }

  refresh(): readonly string[] {
    this.#current = candidateAddresses(this.#interfaces());
    return this.#current;
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref();
  }

  /** All of them were dialled just now. */
  checked(): void {
    this.#checkedAt = Date.now();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  /** A timer that is late tells of a computer that slept: its addresses may be others now. */
  #look(): void {
    const now = candidateAddresses(this.#interfaces());
    const same =
      now.length === this.#current.length && now.every((address) => this.#current.includes(address));
    if (!same || Date.now() - this.#checkedAt >= checkEveryMs) this.#due();
  }
}
