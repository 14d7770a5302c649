/** How many tries there may be at once, and after how long each is given back. */
export interface TriesLimit {
  readonly burst: number;
  readonly refillMs: number;
}

/** Addresses that are remembered at most; the ones that were quiet for longest are forgotten first. */
const remembered = 10_000;

/** Tries that were wrong, counted by whatever is to be limited: an address, or everything together. */
export class Tries {
  readonly #limit: TriesLimit;
  readonly #now: () => number;
  /** The moment at which everything is given back, by the name of who tries. */
  readonly #until = new Map<string, number>();

  constructor(limit: TriesLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** How long to wait before the next try, in milliseconds; 0: not at all. */
  waitMs(who: string): number {
    const { burst, refillMs } = this.#limit;
    const debt = (this.#until.get(who) ?? 0) - this.#now();
    return Math.max(0, debt - (burst - 1) * refillMs);
  }

  /** Counts one. */
  count(who: string): void {
    const from = Math.max(this.#now(), this.#until.get(who) ?? 0);
    this.#until.delete(who);
    this.#until.set(who, from + this.#limit.refillMs);
    for (const oldest of this.#until.keys()) {
      if (this.#until.size <= remembered) break;
      this.#until.delete(oldest);
    }
  }
}
