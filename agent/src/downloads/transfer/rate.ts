interface Sample {
  readonly at: number;
  readonly bytes: number;
}

const windowMs = 8_000;
/** Before so much time has passed, a rate would be a guess. */
const leastMs = 400;

/** Bytes per second over the last seconds. */
export class Rate {
  #samples: Sample[] = [];
  #total = 0;

  add(bytes: number, now: number): void {
    this.#total += bytes;
    const last = this.#samples.at(-1);
    // Two samples a second are enough to tell.
    if (last === undefined || now - last.at >= 500) this.#samples.push({ at: now, bytes: this.#total });
    this.#samples = this.#samples.filter(({ at }) => at > now - windowMs);
  }

  /** Null while nothing comes, or too little to tell. */
  at(now: number): number | null {
    const first = this.#samples.find(({ at }) => at > now - windowMs);
    if (first === undefined || now - first.at < leastMs || this.#total === first.bytes) return null;
    return ((this.#total - first.bytes) / (now - first.at)) * 1000;
  }

  reset(): void {
    this.#samples = [];
  }
}
