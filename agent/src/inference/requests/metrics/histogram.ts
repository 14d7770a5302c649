import type { Family, Labels, Sample } from './format.ts';
import { LabelledValues } from './labelled-values.ts';

interface Distribution {
  /** How many values fell into each bucket and no smaller one; the last is that of all that are larger. */
  readonly counts: number[];
  sum: number;
}

/** How values are distributed over buckets, whose upper bounds rise. */
export class Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #distributions: LabelledValues<Distribution>;

  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name;
    this.#help = help;
    this.#bounds = [...bounds, Infinity];
    this.#distributions = new LabelledValues(() => ({ counts: this.#bounds.map(() => 0), sum: 0 }));
  }

  observe(labels: Labels, value: number): void {
    const distribution = this.#distributions.of(labels);
    const bucket = this.#bounds.findIndex((bound) => value <= bound);
    distribution.counts[bucket] = (distribution.counts[bucket] ?? 0) + 1;
    distribution.sum += value;
  }

  family(): Family {
    const samples = this.#distributions.all().flatMap(({ labels, value }) => this.#samples(labels, value));
    return { name: this.#name, help: this.#help, type: 'histogram', samples };
  }

  #samples(labels: Labels, { counts, sum }: Distribution): Sample[] {
    let count = 0;
    const buckets = this.#bounds.map((bound, index): Sample => {
      count += counts[index] ?? 0;
      const le = bound === Infinity ? '+Inf' : String(bound);
      return { suffix: '_bucket', labels: { ...labels, le }, value: count };
    });
    return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: count }];
  }
}
