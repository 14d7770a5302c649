import type { Family, Labels } from './format.ts';
import { LabelledValues } from './labelled-values.ts';

/** Counts up. */
export class Counter {
  readonly #name: string;
  readonly #help: string;
  readonly #counts = new LabelledValues(() => ({ count: 0 }));

  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  add(labels: Labels, amount: number): void {
    this.#counts.of(labels).count += amount;
  }

  family(): Family {
    const samples = this.#counts.all().map(({ labels, value: { count } }) => ({ labels, value: count }));
    return { name: this.#name, help: this.#help, type: 'counter', samples };
  }
}
